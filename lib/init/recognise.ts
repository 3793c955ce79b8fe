import type { Catalogue } from "../config/catalogue.ts";
import { isExternalId } from "../config/secret.ts";
import type { Facts } from "../model/facts.ts";
import type { Guess } from "./guess.ts";
import { type ClusterGuesses, guessClusters } from "./guess-clusters.ts";
import { guessDockerCloud } from "./guess-docker-cloud.ts";
import { guessEcs } from "./guess-ecs.ts";
import { guessKommander, managersOf } from "./guess-kommander.ts";
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
  const externalIds = new ExternalIds();
  const managers = managersOf(all);
  for (const signals of all) {
    const docker = guessDockerCloud(signals, account);
    // To be gone is for a role of nobody's: one that another platform needs has an excess in its trust.
    const guess =
      (docker?.keys["expect"] === undefined ? docker : undefined) ??
      guessEcs(signals, catalogue) ??
      guessKommander(signals, managers, catalogue, account) ??
      guessRancher(signals, catalogue) ??
      docker;
    if (guess === undefined) continue;
    const variable = variableOf(guess);
    const value = signals.externalIds.find(isExternalId);
    const taken = signals.externalIds.map(oneOf).find(isExternalId);
    const own = variable === undefined ? undefined : externalIds.nameOf(variable, value, taken);
    roles.push(own === undefined || own === variable ? guess : renamed(guess, variable ?? "", own));
  }
  roles.sort((a, b) => (a.role < b.role ? -1 : a.role > b.role ? 1 : 0));
  return { roles, externalIds: externalIds.values, ...guessClusters(facts, roles) };
}

/** A value that a pattern takes, in place of the one that is not known. */
const oneOf = (pattern: string): string => pattern.replaceAll("*", "").replaceAll("?", "x");

const variableOf = ({ keys }: Guess): string | undefined =>
  /^\$\{env:(\w+)\}$/.exec(String(keys["externalId"] ?? ""))?.[1];

/** Roles that ask for different values read them from different variables: `NAME`, `NAME_2`, … */
class ExternalIds {
  readonly values = new Map<string, string | undefined>();
  /** By variable and value. */
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** The name that stands for a value; the first one, for what is `taken`, where there is none. */
  nameOf(variable: string, value: string | undefined, taken: string | undefined): string {
    if (value === undefined) {
      if (this.values.get(variable) === undefined) this.values.set(variable, taken);
      return variable;
    }
    const key = `${variable} ${value}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const count = (this.#counts.get(variable) ?? 0) + 1;
    const name = count === 1 ? variable : `${variable}_${count}`;
    this.#counts.set(variable, count);
    this.#names.set(key, name);
    this.values.set(name, value);
    return name;
  }
}

const renamed = (guess: Guess, from: string, to: string): Guess => ({
  ...guess,
  keys: { ...guess.keys, externalId: `\${env:${to}}` },
  notes: guess.notes.map((note) => note.replace(from, to)),
});
