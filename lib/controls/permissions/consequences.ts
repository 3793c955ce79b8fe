import type { Consequence } from "../../model/config.ts";
import { compare } from "../../policy/compare.ts";
import type { Policy, PolicySet, Statement } from "../../policy/model.ts";
import { standsIn } from "../mask.ts";
import { isPattern, matchesPattern } from "../name-pattern.ts";
import { onlyAction } from "./only-action.ts";

/** What stops working without actions (lower case), in the platform's words. */
export function consequenceOf(
  consequences: readonly Consequence[],
  actions: readonly string[],
): string | undefined {
  const breaks = consequences
    .filter((each) => each.actions.some((pattern) => actions.some((action) => overlaps(pattern, action))))
    .map((each) => each.breaks);
  return breaks.length === 0 ? undefined : [...new Set(breaks)].join(" ");
}

/** Whether two patterns of which one may be a plain action are about the same. */
const overlaps = (pattern: string, action: string): boolean =>
  matchesPattern(pattern, action) || matchesPattern(action, pattern);

/** The action patterns of the required documents that are not wholly allowed, as they are written there. */
export function missingActions(actual: PolicySet, required: readonly Policy[]): readonly string[] {
  const missing = new Map<string, string>();
  const free = actual.boundary === undefined && !actual.documents.some(hasDeny);
  const stands = standsIn(actual.documents);
  for (const policy of required)
    for (const statement of policy.statements) {
      if (statement.effect !== "Allow" || statement.actions.not || (free && stands(statement))) continue;
      for (const action of statement.actions.patterns)
        if (lacks(actual, policy, statement, action)) missing.set(action.toLowerCase(), action);
    }
  return [...missing.values()];
}

const hasDeny = ({ statements }: Policy): boolean => statements.some(({ effect }) => effect === "Deny");

const hasAllow = ({ statements }: Policy): boolean => statements.some(({ effect }) => effect === "Allow");

/** Whether a required statement's action is not allowed as widely as there: looked at for itself. */
function lacks(actual: PolicySet, policy: Policy, statement: Statement, action: string): boolean {
  const only: Policy = {
    ...policy,
    statements: [{ ...statement, actions: { not: false, patterns: [action] } }],
  };
  const narrow = (policies: readonly Policy[]) =>
    isPattern(action) ? policies : policies.map((each) => onlyAction(each, action));
  const set: PolicySet = {
    kind: "identity",
    documents: narrow(actual.documents),
    ...(actual.boundary === undefined ? {} : { boundary: narrow(actual.boundary) }),
  };
  // Nothing is allowed at all: no need to ask.
  if (!set.documents.some(hasAllow)) return true;
  return compare(set, { kind: "identity", documents: [only] }).secondExceeds.verdict === "proven";
}
