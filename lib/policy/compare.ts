import type { ExistingActions } from "./actions/existing-actions.ts";
import { Budget, type BudgetLimits, defaultLimits } from "./comparison/budget.ts";
import { bothExceed, type Directions, directionOf } from "./comparison/cells.ts";
import { grantsOf } from "./comparison/grants.ts";
import { Asked, isBeyondEvaluator, otherReadings, usualReading } from "./comparison/reading.ts";
import { search } from "./comparison/search.ts";
import { assignments } from "./comparison/variables.ts";
import { type Division, divide } from "./comparison/written.ts";
import type { Assignment } from "./glob/template.ts";
import type { Comparison, Exceeds, Policy, PolicySet, Relation } from "./model.ts";
import { openQuestions } from "./open-questions.ts";

export interface CompareOptions {
  /** The actions that exist today: makes witnesses of real ones. Without it they are made up. */
  readonly actions?: ExistingActions;
  /** What the comparison may use up before it answers undecided. */
  readonly limits?: BudgetLimits;
  /** Steps that several comparisons share: each takes what it spends. */
  readonly pool?: StepPool;
}

export interface StepPool {
  /** What is left; below 0, nothing is. */
  steps: number;
}

/**
 * Says for each direction whether one policy set allows a request that the other does not: proven, with
 * requests that the evaluator has confirmed; none; or undecided, with the reason. Pure, but for a pool that
 * is given: the same documents always get the same answer.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function compare(first: PolicySet, second: PolicySet, options: CompareOptions = {}): Comparison {
  if (first.kind !== second.kind) {
    const reason = `a policy of kind ${first.kind} cannot be compared with one of kind ${second.kind}`;
    const undecided: Exceeds = { verdict: "undecided", reason };
    return conclude(undecided, undecided);
  }
  const bounded = first.boundary !== undefined || second.boundary !== undefined;
  const sets = bounded ? ([withBoundary(first), withBoundary(second)] as const) : ([first, second] as const);
  const division = divide(sets);
  if (division.own.every((side) => side.length === 0)) return conclude(none, none);
  return compareSets(sets, division, options);
}

/** What no boundary means, as a boundary: a side without one would not stand out from a side that has one. */
const withBoundary = (set: PolicySet): PolicySet => ({ boundary: [everything], ...set });

const all = { not: false, patterns: ["*"] };
const everything: Policy = {
  version: "2012-10-17",
  statements: [{ effect: "Allow", actions: all, resources: all, conditions: [], place: "" }],
};

/** The one word for both directions; undecided when either is. */
function relationOf({ verdict: first }: Exceeds, { verdict: second }: Exceeds): Relation {
  if (first === "undecided" || second === "undecided") return "undecided";
  if (first === second) return first === "none" ? "equivalent" : "incomparable";
  return first === "proven" ? "first-broader" : "second-broader";
}

const none: Exceeds = { verdict: "none" };

const conclude = (firstExceeding: Exceeds, secondExceeding: Exceeds): Comparison => ({
  firstExceeds: firstExceeding,
  secondExceeds: secondExceeding,
  relation: relationOf(firstExceeding, secondExceeding),
});

function compareSets(
  sets: readonly [PolicySet, PolicySet],
  division: Division,
  { actions, limits = defaultLimits, pool }: CompareOptions,
): Comparison {
  const budget = new Budget({ ...limits, steps: Math.min(limits.steps, pool?.steps ?? limits.steps) });
  const usual = new Asked(usualReading);
  const [one = none, other = none] = examine(usual, bothExceed).map(settled);
  if (pool !== undefined) pool.steps -= budget.spent;
  return conclude(one, other);

  /** What the usual reading says, unless a question was met whose other answer would change it. */
  function settled(found: Exceeds, side: number): Exceeds {
    if (found.verdict === "undecided") return found;
    for (const question of usual.questions) {
      if (found.verdict === "proven" && !isBeyondEvaluator(question)) continue;
      for (const reading of otherReadings(question)) {
        const other = examine(new Asked(reading), directionOf(side))[side];
        if (other?.verdict !== found.verdict)
          return { verdict: "undecided", reason: openQuestions[question] };
      }
    }
    return found;
  }

  /** First with every policy variable open; where that leaves a difference in doubt, with values for them. */
  function examine(asked: Asked, directions: Directions): readonly Exceeds[] {
    const grants = grantsOf(division, asked);
    const look = (assignment: Assignment | undefined, open: Directions): readonly Exceeds[] =>
      search({ sets, grants, asked, assignment, actions, budget }, open);
    let found = look(undefined, directions);
    if (!found.some(isInDoubt)) return found;
    for (const assignment of assignments(grants, asked.reading)) {
      const open = found.reduce((open, one, side) => (isInDoubt(one) ? open | directionOf(side) : open), 0);
      if (open === 0) break;
      const later = look(assignment, open);
      found = found.map((before, side) => (later[side]?.verdict === "proven" ? later[side] : before));
    }
    return found;
  }
}

const isInDoubt = ({ verdict }: Exceeds): boolean => verdict === "undecided";
