import type { Consequence } from "../../model/config.ts";
import type { Policy, PolicySet } from "../../policy/model.ts";
import { matchesPattern } from "../name-pattern.ts";
import { actionsBeyond } from "./actions-beyond.ts";
import { policySet } from "./role-policies.ts";

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
export const missingActions = (actual: PolicySet, required: readonly Policy[]): readonly string[] =>
  actionsBeyond(policySet(required, undefined), actual);
