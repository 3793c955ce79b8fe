import type { RoleContext } from "../control.ts";
import type { PermissionsCompared } from "./analyse-permissions.ts";
import { onlyAction } from "./only-action.ts";
import { policySet } from "./role-policies.ts";

/**
 * Whether missing permissions are no more than information: where the document calls its list an example, of
 * which one leaves out what one does not need. A role that has nothing of it left is none of these.
 */
export function missingIsNote(context: RoleContext, permissions: PermissionsCompared): boolean {
  return context.watched.permissions?.example === true && hasSome(context, permissions);
}

/** Whether the role may do, however narrowly, one thing that is required. */
function hasSome({ compare }: RoleContext, { policies, boundary, required }: PermissionsCompared): boolean {
  const actions = required.flatMap(({ statements }) => statements.flatMap((each) => each.actions.patterns));
  return actions.some((action) => {
    const documents = policies.map(({ policy }) => onlyAction(policy, action));
    const bound = boundary === undefined ? undefined : onlyAction(boundary.policy, action);
    return compare(policySet(documents, bound), policySet([], undefined)).firstExceeds.verdict !== "none";
  });
}
