import type { AccountIdentity, RoleFacts } from "../model/facts.ts";
import type { RemediationStep } from "../model/result.ts";
import { iamCommand } from "./iam-command.ts";

/**
 * Deletes a role: IAM asks that nothing hangs on it any more. One command, so that it stops where
 * something went wrong.
 */
export function removeRole(identity: AccountIdentity, role: RoleFacts): RemediationStep {
  const of = { "role-name": role.name };
  const iam = (operation: string, options: Readonly<Record<string, string>>): string =>
    iamCommand(identity.partition, operation, options);
  const items = <T>(part: { readonly at: string; readonly value?: readonly T[] }): readonly T[] =>
    part.value ?? [];
  const commands = [
    ...items(role.profiles).map((name) =>
      iam("remove-role-from-instance-profile", { "instance-profile-name": name, ...of }),
    ),
    ...items(role.attached).map(({ arn }) => iam("detach-role-policy", { ...of, "policy-arn": arn })),
    ...items(role.inline).map(({ name }) => iam("delete-role-policy", { ...of, "policy-name": name })),
    iam("delete-role", of),
  ];
  return {
    text: "Delete the role, with the inline policies that are on it. Whoever still uses it loses access at once.",
    command: commands.join(" &&\n"),
  };
}
