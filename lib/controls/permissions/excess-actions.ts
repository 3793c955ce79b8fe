import { compare } from "../../policy/compare.ts";
import { dangerOf } from "../../policy/explanation/dangers.ts";
import type { Policy, PolicySet, Statement } from "../../policy/model.ts";
import { standsIn } from "../mask.ts";
import { isPattern } from "../name-pattern.ts";
import { onlyAction } from "./only-action.ts";
import { policySet } from "./role-policies.ts";

/** Of more actions than this the rest are in the statements that are shown. */
const mostActions = 300;

/**
 * The action patterns, as they are written, by which a role may do more than is allowed: each looked at for
 * itself, under the role's Denies and boundary. The most dangerous first.
 */
export function excessActions(actual: PolicySet, allowed: readonly Policy[]): readonly string[] {
  const excess = new Map<string, string>();
  const stands = standsIn(allowed);
  let left = mostActions;
  for (const policy of actual.documents)
    for (const statement of policy.statements) {
      if (statement.effect !== "Allow" || statement.actions.not || stands(statement)) continue;
      for (const action of statement.actions.patterns) {
        if (excess.has(action.toLowerCase()) || left-- <= 0) continue;
        if (exceeds(actual, policy, statement, action, allowed)) excess.set(action.toLowerCase(), action);
      }
    }
  return [...excess.values()].toSorted((one, other) => dangerOf(one) - dangerOf(other));
}

/** Whether a statement's action is allowed more widely than it should be. */
function exceeds(
  actual: PolicySet,
  policy: Policy,
  statement: Statement,
  action: string,
  allowed: readonly Policy[],
): boolean {
  const narrow = (one: Policy): Policy => (isPattern(action) ? one : onlyAction(one, action));
  const only = { ...policy, statements: [{ ...statement, actions: { not: false, patterns: [action] } }] };
  const denies = actual.documents.map((one): Policy => {
    const { statements, ...rest } = narrow(one);
    return { ...rest, statements: statements.filter(({ effect }) => effect === "Deny") };
  });
  const bounded = { ...actual, documents: [only, ...denies] };
  return compare(bounded, policySet(allowed.map(narrow), undefined)).firstExceeds.verdict === "proven";
}
