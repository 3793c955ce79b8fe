import type { ExistingActions } from "./actions/existing-actions.ts";
import { Budget, type BudgetLimits, defaultLimits } from "./comparison/budget.ts";
import { type Directions, firstExceeds, secondExceeds } from "./comparison/cells.ts";
import { Grants } from "./comparison/grants.ts";
import {
  Asked,
  isBeyondEvaluator,
  otherReadings,
  type Question,
  questionName,
  usualReading,
} from "./comparison/reading.ts";
import { type Outcome, Search } from "./comparison/search.ts";
import { assignments } from "./comparison/variables.ts";
import { type Division, divide } from "./comparison/written.ts";
import type { Comparison, Exceeds, Policy, PolicySet, Relation } from "./model.ts";
import { proveWith } from "./witness/prove.ts";

export interface CompareOptions {
  /** The actions that exist today: makes witnesses of real ones. Without it they are made up. */
  readonly actions?: ExistingActions;
  /** What the comparison may use up before it answers undecided. */
  readonly limits?: BudgetLimits;
}

/**
 * Says for each direction whether one policy set allows a request that the other does not: proven, with
 * requests that the evaluator has confirmed; none; or undecided, with the reason. Pure; the same
 * documents always get the same answer. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function compare(first: PolicySet, second: PolicySet, options: CompareOptions = {}): Comparison {
  if (first.kind !== second.kind) {
    const reason = `a policy of kind ${first.kind} cannot be compared with one of kind ${second.kind}`;
    return conclude({ verdict: "undecided", reason }, { verdict: "undecided", reason });
  }
  const bounded = first.boundary !== undefined || second.boundary !== undefined;
  const sets = bounded ? ([withBoundary(first), withBoundary(second)] as const) : ([first, second] as const);
  const division = divide(sets);
  if (division.own.every((side) => side.length === 0)) return conclude(none, none);
  return new Comparing(sets, division, options).answer();
}

/** What no boundary means, as a boundary: a side without one would not stand out from a side that has one. */
const withBoundary = (set: PolicySet): PolicySet => ({ boundary: [everything], ...set });

const everything: Policy = {
  version: "2012-10-17",
  statements: [
    {
      effect: "Allow",
      actions: { not: false, patterns: ["*"] },
      resources: { not: false, patterns: ["*"] },
      conditions: [],
      place: "",
    },
  ],
};

/** The one word for both directions; undecided when either is. */
function relationOf(firstExceeding: Exceeds, secondExceeding: Exceeds): Relation {
  if (firstExceeding.verdict === "undecided" || secondExceeding.verdict === "undecided") return "undecided";
  if (firstExceeding.verdict === "proven")
    return secondExceeding.verdict === "proven" ? "incomparable" : "first-broader";
  return secondExceeding.verdict === "proven" ? "second-broader" : "equivalent";
}

const none: Exceeds = { verdict: "none" };

const conclude = (firstExceeding: Exceeds, secondExceeding: Exceeds): Comparison => ({
  firstExceeds: firstExceeding,
  secondExceeds: secondExceeding,
  relation: relationOf(firstExceeding, secondExceeding),
});

/** About how much there is to evaluate in a set. */
function sizeOf({ documents, boundary = [] }: PolicySet): number {
  let size = 0;
  for (const policies of [documents, boundary]) {
    for (const { statements } of policies) {
      for (const statement of statements)
        size += statement.actions.patterns.length + 2 * statement.conditions.length;
    }
  }
  return size;
}

class Comparing {
  readonly #sets: readonly [PolicySet, PolicySet];
  readonly #division: Division;
  readonly #options: CompareOptions;
  readonly #budget: Budget;
  /** About how many steps an evaluation is worth. */
  readonly #cost: number;

  constructor(sets: readonly [PolicySet, PolicySet], division: Division, options: CompareOptions) {
    this.#sets = sets;
    this.#division = division;
    this.#options = options;
    this.#budget = new Budget(options.limits ?? defaultLimits);
    this.#cost = 50 + sets.reduce((sum, set) => sum + sizeOf(set), 0) / 2;
  }

  answer(): Comparison {
    const asked = new Asked(usualReading);
    const found = this.#examine(asked, firstExceeds | secondExceeds);
    const [one, other] = [firstExceeds, secondExceeds].map((direction): Exceeds => {
      const { witnesses, doubt } = found.get(direction) ?? { witnesses: [], doubt: undefined };
      const proven = witnesses.length > 0;
      if (!proven && doubt !== undefined) return { verdict: "undecided", reason: doubt };
      const question = this.#disputed(asked, direction, proven);
      if (question !== undefined) return { verdict: "undecided", reason: questionName(question) };
      return proven ? { verdict: "proven", witnesses } : none;
    });
    return conclude(one ?? none, other ?? none);
  }

  /** The question that was met and whose other answer would change the verdict of the usual reading. */
  #disputed(asked: Asked, direction: Directions, proven: boolean): Question | undefined {
    for (const question of asked.questions) {
      if (proven && !isBeyondEvaluator(question)) continue;
      for (const reading of otherReadings(question)) {
        const outcome = this.#examine(new Asked(reading), direction).get(direction);
        const differs = outcome === undefined || outcome.witnesses.length > 0 || outcome.doubt !== undefined;
        if (differs !== proven) return question;
      }
    }
    return undefined;
  }

  /** First with every policy variable open; where that leaves a difference in doubt, with values for them. */
  #examine(asked: Asked, directions: Directions): Map<Directions, Outcome> {
    const grants = new Grants(asked);
    const paths = grants.pathsOf(this.#division);
    const search = (assignment: ReadonlyMap<string, string | undefined> | undefined, open: Directions) => {
      const prove = proveWith({
        sets: this.#sets,
        grants,
        assignment,
        actions: this.#options.actions,
        budget: this.#budget,
        cost: this.#cost,
      });
      const run = new Search(
        { sets: this.#sets, grants, paths, asked, assignment, budget: this.#budget, prove },
        open,
      );
      return run.run();
    };
    const outcomes = new Map(search(undefined, directions));
    const inDoubt = () =>
      [...outcomes].reduce(
        (all, [direction, { witnesses, doubt }]) =>
          witnesses.length === 0 && doubt !== undefined ? all | direction : all,
        0,
      );
    if (inDoubt() === 0) return outcomes;
    for (const assignment of assignments(grants.read, asked.reading)) {
      const open = inDoubt();
      if (open === 0) break;
      for (const [direction, outcome] of search(assignment, open)) {
        if (outcome.witnesses.length > 0) outcomes.set(direction, { ...outcome, doubt: undefined });
      }
    }
    return outcomes;
  }
}
