import type { AccountIdentity, UserFacts } from "../model/facts.ts";
import type { RemediationStep } from "../model/result.ts";
import { iamCommand } from "./iam-command.ts";

/** What may hang on a user: how to list it, and how to take each away. */
const parts = [
  ["list-access-keys", "AccessKeyMetadata[].AccessKeyId", "delete-access-key", "--access-key-id"],
  ["list-attached-user-policies", "AttachedPolicies[].PolicyArn", "detach-user-policy", "--policy-arn"],
  ["list-user-policies", "PolicyNames[]", "delete-user-policy", "--policy-name"],
  ["list-groups-for-user", "Groups[].GroupName", "remove-user-from-group", "--group-name"],
] as const;

/** Deletes a user with its keys and policies. A user with a console password or MFA is left for a person. */
export function removeUser(identity: AccountIdentity, user: UserFacts): RemediationStep {
  const of = { "user-name": user.name };
  const iam = (operation: string, options: Readonly<Record<string, string>> = {}): string =>
    iamCommand(identity.partition, operation, { ...of, ...options });
  const loops = parts.map(
    ([list, query, remove, option]) =>
      `for each in $(${iam(list, { query, output: "text" })}); do ${iam(remove)} ${option} "$each"; done &&`,
  );
  return {
    text: "Delete the user with its access keys and policies. What still signs in with them stops working at once.",
    command: [...loops, iam("delete-user")].join("\n"),
  };
}
