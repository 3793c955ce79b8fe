import type { Policy, Statement } from "../../policy/model.ts";
import { matchesPattern } from "../name-pattern.ts";

/** Whether a statement is about an action; `action` is lower case. */
export const covers = ({ actions }: Statement, action: string): boolean =>
  actions.patterns.some((pattern) => matchesPattern(pattern.toLowerCase(), action)) !== actions.not;

/** What a policy says of one action, and nothing else. */
export function onlyAction(policy: Policy, action: string): Policy {
  const lower = action.toLowerCase();
  const statements = policy.statements
    .filter((statement) => covers(statement, lower))
    .map((statement) => ({ ...statement, actions: { not: false, patterns: [action] } }));
  return { ...policy, statements };
}
