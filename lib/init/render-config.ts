import type { Catalogue } from "../config/catalogue.ts";
import type { Facts } from "../model/facts.ts";
import { visible } from "../model/visible.ts";
import { count } from "../report/headline.ts";
import { gapsOf } from "./gaps.ts";
import type { Guess } from "./guess.ts";
import type { ClusterGuess } from "./guess-clusters.ts";
import type { Recognised } from "./recognise.ts";
import { yamlScalar } from "./yaml-scalar.ts";

/** A first rolecall.yml: what was recognised, for each guess why, and how to say more. */
export function renderConfig(recognised: Recognised, facts: Facts, catalogue: Catalogue): string {
  const { roles } = recognised;
  const watched = withOwnRoles(recognised.watched);
  const inCluster = new Set(watched.flatMap((cluster) => [...cluster.roles.values()].flat()));
  const guesses = new Map(roles.map((guess) => [guess.role, guess]));
  const platforms = catalogue.flatMap(({ platform, title }) => {
    const said = new Set<string>();
    const own = roles.filter((guess) => guess.platform === platform && !inCluster.has(guess.role));
    const clusters = platform === "rancher" ? watched : [];
    if (own.length + clusters.length === 0) return [];
    return [
      `  ${platform}: # ${title}`,
      ...own.flatMap((guess) => roleEntry(guess, said)),
      ...clusters.flatMap((cluster) => clusterEntry(cluster, guesses)),
    ];
  });
  return [
    ...head(recognised, facts),
    "version: 1",
    "",
    ...(platforms.length > 0 ? ["platforms:", ...platforms, ""] : []),
    ...others(recognised),
    ...(platforms.length > 0 ? ownRolesHint : ownRolesExample),
    "",
  ].join("\n");
}

/** A role is watched once: what nodes of several clusters carry stands by itself, and so do its cluster's others. */
function withOwnRoles(clusters: readonly ClusterGuess[]): readonly ClusterGuess[] {
  const uses = new Map<string, number>();
  for (const role of clusters.flatMap(({ roles }) => [...roles.values()].flat()))
    uses.set(role, (uses.get(role) ?? 0) + 1);
  return clusters.map((cluster) =>
    [...cluster.roles.values()].flat().every((role) => uses.get(role) === 1)
      ? cluster
      : { ...cluster, roles: new Map() },
  );
}

function head({ roles, watched }: Recognised, facts: Facts): readonly string[] {
  const { identity, at, source, iam, regions } = facts;
  const seen = `${count(iam.roles.items.length, "role")}${regions.length > 0 ? ` and ${regions.map(({ region }) => region).join(", ")}` : ""}`;
  return [
    ...comment(
      "",
      `What Rolecall watches in account ${identity.account}. Guessed on ${at.slice(0, 10)} from ${source === "live" ? "the account" : "a snapshot"}: ${seen}.`,
    ),
    ...(roles.length + watched.length > 0
      ? [
          "# Each guess says why. Look it through: what is not a platform's role, take out; what is missing, add.",
        ]
      : [
          "# No role and no cluster of a platform that Rolecall knows was recognised in it, so nothing is watched yet.",
        ]),
    ...gapsOf(facts).flatMap((gap) => comment("", `Not everything could be seen: ${gap}.`)),
    "# `rolecall check` says whether this file is right, `rolecall audit` judges the account by it.",
    "",
  ];
}

/** `said`: notes that an entry before has, which need no second saying. */
function roleEntry(guess: Guess, said: Set<string>): readonly string[] {
  const notes = guess.notes.filter((note) => !said.has(note));
  for (const note of notes) said.add(note);
  return [
    ...comment("    ", `${sentence(guess.what)}: ${guess.because.join("; ")}.`),
    ...notes.flatMap((note) => comment("    ", note)),
    `    - role: ${yamlScalar(guess.role)}`,
    ...Object.entries(guess.keys).map(([key, value]) => `      ${key}: ${yamlScalar(value)}`),
  ];
}

/** `guesses`: by the role's name. */
function clusterEntry(cluster: ClusterGuess, guesses: ReadonlyMap<string, Guess>): readonly string[] {
  const why = (role: string): string => guesses.get(role)?.because.join("; ") ?? "";
  return [
    ...comment("    ", `A cluster: ${cluster.because.join("; ")}.`),
    `    - cluster: ${yamlScalar(cluster.cluster)}`,
    `      region: ${yamlScalar(cluster.region)}`,
    ...(isOutOfTree(cluster, guesses) ? ["      provider: out-of-tree"] : []),
    ...(cluster.roles.size === 0 ? [] : ["      roles:"]),
    ...[...cluster.roles].flatMap(([node, roles]) => [
      `        ${node}:`,
      ...roles.flatMap((role) => [
        ...comment("          ", `${sentence(why(role))}.`),
        `          - ${yamlScalar(role)}`,
      ]),
    ]),
  ];
}

const isOutOfTree = ({ roles }: ClusterGuess, guesses: ReadonlyMap<string, Guess>): boolean =>
  [...roles.values()].flat().some((role) => guesses.get(role)?.keys["provider"] === "out-of-tree");

/** Whoever may tag may make up any number of them. */
const mostOthers = 100;

const others = ({ others: found }: Recognised): readonly string[] =>
  found.length === 0
    ? []
    : [
        "# Cluster tags that were found and are not watched:",
        ...found
          .slice(0, mostOthers)
          .flatMap(({ cluster, region, because }) => comment("", `${cluster} in ${region}: ${because}.`)),
        ...(found.length > mostOthers ? [`# … and ${found.length - mostOthers} more.`] : []),
        "",
      ];

const ownRolesHint = [
  "# Roles of your own are watched the same way, by documents of your own:",
  "# roles:",
  "#   - role: ci-deployer",
  "#     trust: ./baselines/ci-trust.json",
  "#     permissions: { atMost: ./baselines/ci-permissions.json }",
];

const ownRolesExample = [
  "# A role of a platform that has another name than its documents give is watched like this:",
  "# platforms:",
  "#   ecs:",
  "#     - role: my-container-instances",
  "#   rancher:",
  "#     - role: my-workers-*",
  "#       node: worker",
  "",
  "# And roles of your own by documents of your own. Save the trust policy and the permissions as they",
  "# should be, then take off the # signs; a document may also stand here itself:",
  "# roles:",
  "#   - role: ci-deployer",
  "#     trust: ./baselines/ci-trust.json",
  "#     permissions: { atMost: ./baselines/ci-permissions.json }   # or exactly, or atLeast",
  "#     profile: none                                              # no instance may carry it",
];

const width = 100;

/** Lines of a comment, broken between words; a name cannot end it, whatever a role or a tag is called. */
function comment(indent: string, text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of wordsOf(visible(text))) {
    const last = lines.at(-1);
    if (last === undefined || `${last} ${word}`.length > width) lines.push(`${indent}# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** A text at its spaces, but for those between backticks: of an odd number the first stands for itself. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let left = ticksIn(text);
  let word = "";
  for (const piece of text.split(" ")) {
    word += piece;
    left -= ticksIn(piece);
    if (left % 2 === 0) {
      words.push(word);
      word = "";
    } else word += " ";
  }
  return words;
}

const ticksIn = (text: string): number => text.split("`").length - 1;

const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
