import { dangerOf } from "../../policy/explanation/dangers.ts";
import type { Policy, PolicySet } from "../../policy/model.ts";
import { actionsBeyond } from "./actions-beyond.ts";
import { policySet } from "./role-policies.ts";

/** Of more actions than this the rest are in the statements that are shown. */
const mostActions = 300;

/** The action patterns by which a role may do more than is allowed, the most dangerous first. */
export const excessActions = (actual: PolicySet, allowed: readonly Policy[]): readonly string[] =>
  actionsBeyond(actual, policySet(allowed, undefined), mostActions).toSorted(
    (one, other) => dangerOf(one) - dangerOf(other),
  );
