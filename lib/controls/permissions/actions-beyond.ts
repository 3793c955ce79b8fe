import { compare, type StepPool } from "../../policy/compare.ts";
import type { Policy, PolicySet, Statement } from "../../policy/model.ts";
import { standsIn } from "../mask.ts";
import { isPattern } from "../name-pattern.ts";
import { onlyAction } from "./only-action.ts";
import { deniedBy } from "./role-policies.ts";

/** What all these comparisons may cost: those of honest documents need a hundredth. Then the rest is not looked at. */
const stepsInAll = 4_000_000;

/**
 * The action patterns of the Allows of one side, as they are written there, that the other does not allow as
 * widely: each looked at for itself, under all that denies and bounds it. `most`: so many are looked at.
 */
export function actionsBeyond(
  one: PolicySet,
  other: PolicySet,
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  const beyond = new Map<string, string>();
  // What stands on the other side in the same words is allowed there, if nothing takes it away again.
  const free = other.boundary === undefined && other.documents.flatMap(deniedBy).length === 0;
  const stands = standsIn(other.documents);
  let left = most;
  const pool = { steps: stepsInAll };
  for (const policy of one.documents)
    for (const statement of policy.statements) {
      if (statement.effect !== "Allow" || statement.actions.not || (free && stands(statement))) continue;
      for (const action of statement.actions.patterns) {
        if (beyond.has(action.toLowerCase()) || left-- <= 0 || pool.steps < 0) continue;
        if (exceeds(one, policy, statement, action, other, pool)) beyond.set(action.toLowerCase(), action);
      }
    }
  return [...beyond.values()];
}

const hasAllow = ({ statements }: Policy): boolean => statements.some(({ effect }) => effect === "Allow");

function exceeds(
  one: PolicySet,
  policy: Policy,
  statement: Statement,
  action: string,
  other: PolicySet,
  pool: StepPool,
): boolean {
  const narrow = (policies: readonly Policy[]): readonly Policy[] =>
    isPattern(action) ? policies : policies.map((each) => onlyAction(each, action));
  const only = { ...policy, statements: [{ ...statement, actions: { not: false, patterns: [action] } }] };
  const denies = narrow(one.documents).flatMap(deniedBy);
  const narrowed = (set: PolicySet, documents: readonly Policy[]): PolicySet => ({
    kind: set.kind,
    documents,
    ...(set.boundary === undefined ? {} : { boundary: narrow(set.boundary) }),
  });
  const [mine, others] = [narrowed(one, [only, ...denies]), narrowed(other, narrow(other.documents))];
  // Nothing is allowed at all, or taken away: no need to ask.
  if (!others.documents.some(hasAllow) && denies.length === 0 && one.boundary === undefined) return true;
  return compare(mine, others, { pool }).firstExceeds.verdict === "proven";
}
