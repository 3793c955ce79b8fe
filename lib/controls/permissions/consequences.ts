import type { Consequence } from "../../model/config.ts";
import { compare } from "../../policy/compare.ts";
import type { Policy, PolicySet, Statement } from "../../policy/model.ts";
import { matchesPattern } from "../name-pattern.ts";

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
  for (const policy of required)
    for (const statement of policy.statements) {
      if (statement.effect !== "Allow" || statement.actions.not) continue;
      if (!lacks(actual, policy, statement, statement.actions.patterns)) continue;
      for (const action of statement.actions.patterns)
        if (lacks(actual, policy, statement, [action])) missing.set(action.toLowerCase(), action);
    }
  return [...missing.values()];
}

function lacks(
  actual: PolicySet,
  policy: Policy,
  statement: Statement,
  patterns: readonly string[],
): boolean {
  const only: Policy = { ...policy, statements: [{ ...statement, actions: { not: false, patterns } }] };
  return compare(actual, { kind: "identity", documents: [only] }).secondExceeds.verdict === "proven";
}
