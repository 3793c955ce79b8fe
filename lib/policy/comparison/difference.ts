import { type Domain, domainOf, fixedDomain, type Value } from "../condition/domain.ts";
import { severalValuesPossible } from "../condition/several-values.ts";
import { type Choice, type Conjunction, solve } from "../condition/solve.ts";
import type { Assignment } from "../glob/template.ts";
import { freshValues } from "../witness/plausible.ts";
import { type Bits, intersect, isWithin } from "./bits.ts";
import type { Budget } from "./budget.ts";
import { type ConditionStep, type Grants, isGuess, type Test } from "./grants.ts";
import type { Asked } from "./reading.ts";

/** What one side allows and the other does not, as far as conditions go. */
export interface Difference {
  /** A value for each key that matters; undefined: the request lacks the key. */
  readonly values: ReadonlyMap<string, Value>;
  /** What had to be guessed; undefined when nothing was. */
  readonly doubt: string | undefined;
}

type Steps = readonly ConditionStep[];

/**
 * Looks for values of condition keys that one side's statements allow and the other's do not. `given`: keys
 * whose values are known.
 */
export type FindConditions = (more: Steps, less: Steps, given?: Assignment) => Difference | undefined;

/** `bounded`: the sides have permissions boundaries. */
export function conditionSearch(
  { lists }: Grants,
  bounded: boolean,
  asked: Asked,
  assignment: Assignment | undefined,
  budget: Budget,
): FindConditions {
  const known = new Map<string, Domain>();
  return (more, less, given) => {
    const steps = [...more, ...less];
    if (steps.every(({ tests }) => tests.length === 0)) {
      // Nothing is asked of the conditions: what is to fail cannot.
      for (const [, unwanted] of ways(more, less, bounded)) if (unwanted.length === 0) return nothingAsked;
      return undefined;
    }
    const domains = domainsOf(steps, given);
    const conjunction = (step: ConditionStep) => conjunctionOf(step, domains);
    // First without guesses, since only such a difference can be proven.
    const guesses = [...domains.values()].some(({ all, sure }) => !isWithin(all, sure));
    for (const sureOnly of guesses ? [true, false] : [true]) {
      for (const [wanted, unwanted] of ways(more, less, bounded)) {
        budget.spend(wanted.length + unwanted.length);
        const [all, none] = [wanted.map(conjunction), unwanted.map(conjunction)];
        const choice = solve(domains, sureOnly, all, none, budget);
        if (choice !== undefined) return describe(choice, domains);
      }
    }
    return undefined;
  };

  function domainsOf(steps: Steps, given: Assignment | undefined): ReadonlyMap<string, Domain> {
    const byKey = new Map<string, Test[]>();
    for (const test of [...new Set(steps.flatMap((step) => step.tests))].sort((a, b) => a.id - b.id)) {
      const among = byKey.get(test.key) ?? [];
      byKey.set(test.key, among);
      among.push(test);
    }
    return new Map([...byKey].map(([key, among]) => [key, domainFor(key, among, given)]));
  }

  function domainFor(key: string, among: readonly Test[], given: Assignment | undefined): Domain {
    const fixed = [assignment, given].find((values) => values?.has(key));
    const name = `${among.map(({ id }) => id).join()}${fixed === undefined ? "" : `=${fixed.get(key)}`}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const surroundings = { asked, assignment, budget, fresh: freshValues(key) };
    const domain =
      fixed === undefined
        ? domainOf(key, among, severalValuesPossible(key, lists.has(key)), surroundings)
        : fixedDomain(among, fixed.get(key), surroundings);
    known.set(name, domain);
    return domain;
  }

  function conjunctionOf(step: ConditionStep, domains: ReadonlyMap<string, Domain>): Conjunction {
    const conjunction = new Map<string, Bits>();
    for (const { id, key } of step.tests) {
      const truth = domains.get(key)?.truth.get(id);
      if (truth === undefined) continue;
      const sofar = conjunction.get(key);
      conjunction.set(key, sofar === undefined ? truth : intersect(sofar, truth));
    }
    return conjunction;
  }
}

const nothingAsked: Difference = { values: new Map(), doubt: undefined };

function describe(choice: Choice, domains: ReadonlyMap<string, Domain>): Difference {
  const values = new Map<string, Value>();
  let doubt: string | undefined;
  for (const [key, index] of choice) {
    const chosen = domains.get(key);
    if (!isGuess(key)) values.set(key, chosen?.values[index]);
    doubt ??= chosen?.doubts[index];
  }
  return { values, doubt };
}

/** All of the first hold, and none of the second. */
type Way = readonly [wanted: Steps, unwanted: Steps];

/**
 * The ways in which one side can allow more: one of its Allows holds, one of its boundary's too, none of
 * its Denies does; and the other side has a Deny that holds, or no Allow that does, or none in its boundary.
 */
function* ways(more: Steps, less: Steps, bounded: boolean): Iterable<Way> {
  const own = new Set(more);
  const denies = more.filter((step) => step.deny);
  const allowsOf = (steps: Steps, boundary: boolean) =>
    steps.filter((step) => !step.deny && step.boundary === boundary);
  const bounds = bounded ? allowsOf(more, true).map((bound) => [bound]) : [[]];
  const failing = [allowsOf(less, false), ...(bounded ? [allowsOf(less, true)] : [])];
  for (const allow of allowsOf(more, false)) {
    for (const bound of bounds) {
      const wanted = [allow, ...bound];
      for (const fails of failing)
        if (!wanted.some((step) => fails.includes(step))) yield [wanted, [...denies, ...fails]];
      for (const deny of less) if (deny.deny && !own.has(deny)) yield [[...wanted, deny], denies];
    }
  }
}
