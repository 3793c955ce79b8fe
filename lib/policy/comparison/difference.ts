import { type Domain, domainOf, fixedDomain, type Value } from "../condition/domain.ts";
import { severalValuesPossible } from "../condition/several-values.ts";
import { type Choice, type Conjunction, solve } from "../condition/solve.ts";
import type { Assignment } from "../glob/template.ts";
import { freshValues } from "../witness/plausible.ts";
import { intersect } from "./bits.ts";
import type { Budget } from "./budget.ts";
import type { ConditionStep, Grants } from "./grants.ts";
import { isGuess } from "./grants.ts";
import type { Asked } from "./reading.ts";

/** What one side allows and the other does not, as far as conditions go. */
export interface Difference {
  /** A value for each key that matters; undefined: the request lacks the key. */
  readonly values: ReadonlyMap<string, Value>;
  /** What had to be guessed; undefined when nothing was. */
  readonly doubt: string | undefined;
}

/** Looks for values of condition keys that one side's statements allow and the other's do not. */
export class ConditionSearch {
  readonly #grants: Grants;
  readonly #asked: Asked;
  readonly #assignment: Assignment | undefined;
  readonly #budget: Budget;
  readonly #domains = new Map<string, Domain>();

  constructor(grants: Grants, asked: Asked, assignment: Assignment | undefined, budget: Budget) {
    this.#grants = grants;
    this.#asked = asked;
    this.#assignment = assignment;
    this.#budget = budget;
  }

  /** `bounded`: whether each side has a permissions boundary. `given`: keys whose values are known. */
  find(
    more: readonly ConditionStep[],
    less: readonly ConditionStep[],
    bounded: { readonly more: boolean; readonly less: boolean },
    given?: Assignment,
  ): Difference | undefined {
    if (more.every(isPlain) && less.every(isPlain)) {
      // Nothing is asked of the conditions: what is to fail cannot.
      for (const { unwanted } of ways(more, less, bounded)) if (unwanted.length === 0) return nothingAsked;
      return undefined;
    }
    const domains = this.#domainsOf([...more, ...less], given);
    const conjunction = (step: ConditionStep): Conjunction => this.#conjunctionOf(step, domains);
    // First without guesses, since only such a difference can be proven.
    const guesses = [...domains].some(
      ([key, domain]) => isGuess(key) || domain.sure.join() !== domain.all.join(),
    );
    for (const sureOnly of guesses ? [true, false] : [true]) {
      for (const { wanted, unwanted } of ways(more, less, bounded)) {
        this.#budget.spend(wanted.length + unwanted.length);
        const choice = solve(
          domains,
          sureOnly,
          wanted.map(conjunction),
          unwanted.map(conjunction),
          this.#budget,
        );
        if (choice !== undefined) return describe(choice, domains);
      }
    }
    return undefined;
  }

  /** Whether some condition of these statements asks for one of the keys. */
  asksFor(keys: readonly string[], steps: readonly ConditionStep[]): boolean {
    return steps.some((step) => step.tests.some((id) => keys.includes(this.#grants.tests[id]?.key ?? "")));
  }

  #domainsOf(steps: readonly ConditionStep[], given: Assignment | undefined): ReadonlyMap<string, Domain> {
    const byKey = new Map<string, Set<number>>();
    for (const step of steps) {
      for (const id of step.tests) {
        const key = this.#grants.tests[id]?.key ?? "";
        byKey.set(key, (byKey.get(key) ?? new Set()).add(id));
      }
    }
    const domains = new Map<string, Domain>();
    for (const [key, ids] of byKey) {
      const sorted = [...ids].sort((a, b) => a - b);
      const fixed = this.#assignment?.has(key) === true ? this.#assignment : given;
      const name = fixed?.has(key) === true ? `${sorted.join()}=${fixed.get(key)}` : sorted.join();
      let domain = this.#domains.get(name);
      if (domain === undefined) {
        const tests = sorted.flatMap((id) => this.#grants.tests[id] ?? []);
        const surroundings = {
          asked: this.#asked,
          assignment: this.#assignment,
          budget: this.#budget,
          fresh: freshValues(key),
        };
        domain =
          fixed?.has(key) === true
            ? fixedDomain(tests, fixed.get(key), surroundings)
            : domainOf(key, tests, severalValuesPossible(key, this.#grants.lists.has(key)), surroundings);
        this.#domains.set(name, domain);
      }
      domains.set(key, domain);
    }
    return domains;
  }

  #conjunctionOf(step: ConditionStep, domains: ReadonlyMap<string, Domain>): Conjunction {
    const conjunction = new Map<string, NonNullable<ReturnType<Conjunction["get"]>>>();
    for (const id of step.tests) {
      const key = this.#grants.tests[id]?.key ?? "";
      const truth = domains.get(key)?.truth.get(id);
      if (truth === undefined) continue;
      const known = conjunction.get(key);
      conjunction.set(key, known === undefined ? truth : intersect(known, truth));
    }
    return conjunction;
  }
}

const isPlain = (step: ConditionStep): boolean => step.tests.length === 0;

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

interface Way {
  /** All of these hold … */
  readonly wanted: readonly ConditionStep[];
  /** … and none of these. */
  readonly unwanted: readonly ConditionStep[];
}

/**
 * The ways in which one side can allow more: one of its Allows holds, one of its boundary's too, none of
 * its Denies does; and the other side has a Deny that holds, or no Allow that does, or none in its boundary.
 */
function* ways(
  more: readonly ConditionStep[],
  less: readonly ConditionStep[],
  bounded: { readonly more: boolean; readonly less: boolean },
): Iterable<Way> {
  const own = new Set(more);
  const denies = more.filter((step) => step.deny);
  const allowsOf = (steps: readonly ConditionStep[], boundary: boolean) =>
    steps.filter((step) => !step.deny && step.boundary === boundary);
  const allows = allowsOf(more, false);
  const bounds: readonly (ConditionStep | undefined)[] = bounded.more ? allowsOf(more, true) : [undefined];
  const failing: (readonly ConditionStep[])[] = [allowsOf(less, false)];
  if (bounded.less) failing.push(allowsOf(less, true));
  for (const allow of allows) {
    for (const bound of bounds) {
      const wanted = bound === undefined ? [allow] : [allow, bound];
      for (const fails of failing) {
        if (wanted.some((step) => fails.includes(step))) continue;
        yield { wanted, unwanted: [...denies, ...fails] };
      }
      for (const deny of less) {
        if (deny.deny && !own.has(deny)) yield { wanted: [...wanted, deny], unwanted: denies };
      }
    }
  }
}
