import type { Catalogue } from "../config/catalogue.ts";
import { isExternalId } from "../config/secret.ts";
import type { Facts } from "../model/facts.ts";
import type { Guess } from "./guess.ts";
import { type ClusterGuesses, guessClusters } from "./guess-clusters.ts";
import { guessDockerCloud } from "./guess-docker-cloud.ts";
import { guessEcs } from "./guess-ecs.ts";
import { guessKommander } from "./guess-kommander.ts";
import { guessRancher } from "./guess-rancher.ts";
import { isKeptByAws, signalsOf } from "./role-signals.ts";

/** What of an account Rolecall knows how to watch. */
export interface Recognised extends ClusterGuesses {
  readonly roles: readonly Guess[];
  /** Values of the ExternalIds that are asked for today, by the variable that shall hold them: for memory only. */
  readonly externalIds: ReadonlyMap<string, string | undefined>;
}

/** Finds the roles of known platforms and the clusters. Each role is at most one platform's. Pure. */
export function recognise(facts: Facts, catalogue: Catalogue): Recognised {
  const documents = new Map(facts.iam.policies.items.map(({ arn, document }) => [arn, document]));
  const all = facts.iam.roles.items
    .filter((role) => !isKeptByAws(role))
    .map((role) => signalsOf(role, facts, documents));
  const { account } = facts.identity;
  const roles: Guess[] = [];
  const externalIds = new Map<string, string | undefined>();
  for (const signals of all) {
    const docker = guessDockerCloud(signals, account);
    // To be gone is for a role of nobody's: one that another platform needs has an excess in its trust.
    const guess =
      (docker?.keys["expect"] === undefined ? docker : undefined) ??
      guessEcs(signals, catalogue) ??
      guessKommander(signals, all, catalogue, account) ??
      guessRancher(signals, catalogue) ??
      docker;
    if (guess === undefined) continue;
    const variable = variableOf(guess);
    const value = signals.externalIds.find(isExternalId);
    const own = variable === undefined ? undefined : freeName(variable, value, externalIds);
    roles.push(own === undefined || own === variable ? guess : renamed(guess, variable ?? "", own));
    if (own !== undefined) externalIds.set(own, value ?? externalIds.get(own));
  }
  roles.sort((a, b) => (a.role < b.role ? -1 : a.role > b.role ? 1 : 0));
  return { roles, externalIds, ...guessClusters(facts, roles) };
}

const variableOf = ({ keys }: Guess): string | undefined =>
  /^\$\{env:(\w+)\}$/.exec(String(keys["externalId"] ?? ""))?.[1];

/** Roles that ask for different values read them from different variables: `NAME`, `NAME_2`, … */
function freeName(
  variable: string,
  value: string | undefined,
  taken: ReadonlyMap<string, string | undefined>,
): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? variable : `${variable}_${n}`;
    const before = taken.get(name);
    if (value === undefined || before === undefined || before === value) return name;
  }
}

const renamed = (guess: Guess, from: string, to: string): Guess => ({
  ...guess,
  keys: { ...guess.keys, externalId: `\${env:${to}}` },
  notes: guess.notes.map((note) => note.replace(from, to)),
});
