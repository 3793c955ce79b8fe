import type { ExistingActions } from "./actions/existing-actions.ts";
import { Budget, type BudgetLimits } from "./comparison/budget.ts";
import { type Directions, firstExceeds, secondExceeds } from "./comparison/cells.ts";
import { grantsOf } from "./comparison/grants.ts";
import { Asked, isBeyondEvaluator, otherReadings, usualReading } from "./comparison/reading.ts";
import { type Outcome, search } from "./comparison/search.ts";
import { assignments } from "./comparison/variables.ts";
import { type Division, divide } from "./comparison/written.ts";
import type { Assignment } from "./glob/template.ts";
import type { Comparison, Exceeds, Policy, PolicySet, Relation } from "./model.ts";
import { openQuestions, type Question } from "./open-questions.ts";
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

function compareSets(
  sets: readonly [PolicySet, PolicySet],
  division: Division,
  { actions, limits }: CompareOptions,
): Comparison {
  const budget = new Budget(limits);
  /** About how many steps an evaluation is worth. */
  let cost = 50;
  for (const { documents, boundary = [] } of sets) {
    for (const { statements } of [...documents, ...boundary]) {
      for (const { actions, conditions } of statements)
        cost += actions.patterns.length / 2 + conditions.length;
    }
  }
  const usual = new Asked(usualReading);
  const [one = none, other = none] = examine(usual, firstExceeds | secondExceeds).map(verdictOf);
  return conclude(one, other);

  function verdictOf(outcome: Outcome): Exceeds {
    const { direction, witnesses, doubt } = outcome;
    if (isInDoubt(outcome)) return { verdict: "undecided", reason: doubt ?? "" };
    const proven = witnesses.length > 0;
    const question = disputed(direction, proven);
    if (question !== undefined) return { verdict: "undecided", reason: openQuestions[question] };
    return proven ? { verdict: "proven", witnesses } : none;
  }

  /** The question that was met and whose other answer would change the verdict of the usual reading. */
  function disputed(direction: Directions, proven: boolean): Question | undefined {
    for (const question of usual.questions) {
      if (proven && !isBeyondEvaluator(question)) continue;
      for (const reading of otherReadings(question)) {
        const outcomes = examine(new Asked(reading), direction);
        const isProven = outcomes.some(({ witnesses }) => witnesses.length > 0);
        if (proven ? !isProven : isProven || outcomes.some(isInDoubt)) return question;
      }
    }
    return undefined;
  }

  /** First with every policy variable open; where that leaves a difference in doubt, with values for them. */
  function examine(asked: Asked, directions: Directions): readonly Outcome[] {
    const grants = grantsOf(division, asked);
    const look = (assignment: Assignment | undefined, open: Directions): readonly Outcome[] => {
      const prove = proveWith({ sets, grants, assignment, actions, budget, cost });
      return search({ sets, grants, asked, assignment, budget, prove }, open);
    };
    let outcomes = look(undefined, directions);
    if (!outcomes.some(isInDoubt)) return outcomes;
    for (const assignment of assignments(grants, asked.reading)) {
      const open = outcomes.filter(isInDoubt).reduce((all, { direction }) => all | direction, 0);
      if (open === 0) break;
      const later = look(assignment, open);
      outcomes = outcomes.map((before, i) => {
        const witnesses = later[i]?.witnesses ?? [];
        return witnesses.length > 0 ? { ...before, witnesses, doubt: undefined } : before;
      });
    }
    return outcomes;
  }
}

const isInDoubt = ({ witnesses, doubt }: Outcome): boolean => witnesses.length === 0 && doubt !== undefined;
