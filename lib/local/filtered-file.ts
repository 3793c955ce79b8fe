import { listOf, member, textOf } from "../gather/read-value.ts";

/**
 * Whether pages of `get-account-authorization-details` were saved with a `--filter`, in which case an
 * empty list says nothing. The CLI leaves no mark of it, so it is told by what cannot be otherwise: a
 * policy is attached more often than the file shows, a user is in a group that is not there, or there is
 * no role at all beside other entries (every account has service-linked roles from its first day).
 */
export function isFiltered(pages: readonly unknown[]): boolean {
  const entries = (key: string) => pages.flatMap((page) => listOf(page, key) ?? []);
  const [roles, users, groups, policies] = [
    entries("RoleDetailList"),
    entries("UserDetailList"),
    entries("GroupDetailList"),
    entries("Policies"),
  ];
  if (roles.length === 0 && users.length + groups.length + policies.length > 0) return true;
  if (groups.length === 0 && users.some((user) => (listOf(user, "GroupList") ?? []).length > 0)) return true;
  if (roles.length > 0 && users.length > 0 && groups.length > 0 && policies.length > 0) return false;
  const carried = new Map<string, number>();
  const count = (arn: string | undefined) =>
    arn !== undefined && carried.set(arn, (carried.get(arn) ?? 0) + 1);
  for (const holder of [...roles, ...users, ...groups]) {
    for (const attached of listOf(holder, "AttachedManagedPolicies") ?? [])
      count(textOf(attached, "PolicyArn"));
    count(textOf(member(holder, "PermissionsBoundary"), "PermissionsBoundaryArn"));
  }
  return policies.some((policy) => {
    const attached = member(policy, "AttachmentCount");
    return typeof attached === "number" && attached > (carried.get(textOf(policy, "Arn") ?? "") ?? 0);
  });
}
