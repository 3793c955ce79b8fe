import type { RemediationStep } from "../model/result.ts";
import { iamCommand } from "./iam-command.ts";
import type { Mending } from "./mending.ts";

/** The boundary that the entry names: `none`, an ARN, or the name of a policy of the account's own. */
export function restoreBoundary({ identity, iam, role, watched }: Mending): readonly RemediationStep[] {
  const { boundary } = watched;
  if (boundary === undefined) return [];
  if (boundary === "none") return [withoutBoundary({ identity, role })];
  const arn = boundary.startsWith("arn:")
    ? boundary
    : (iam.policies.items.find(({ name }) => name === boundary)?.arn ??
      `arn:${identity.partition}:iam::${identity.account}:policy/${boundary}`);
  return [
    {
      text: `Put the permissions boundary \`${boundary}\` back.`,
      command: iamCommand(identity.partition, "put-role-permissions-boundary", {
        "role-name": role.name,
        "permissions-boundary": arn,
      }),
    },
  ];
}

/** For a boundary that takes away what is needed: which of the two is meant is a person's to say. */
export function decideBoundary({
  identity,
  role,
}: Pick<Mending, "identity" | "role">): readonly RemediationStep[] {
  const name =
    role.boundary.at === "found" ? role.boundary.value.slice(role.boundary.value.lastIndexOf("/") + 1) : "";
  return [
    {
      ...withoutBoundary({ identity, role }),
      text: `Decide whether the boundary \`${name}\` is meant for this role. If it is not, take it off:`,
    },
    { text: `If it is, widen \`${name}\` by what is missing; every role that it bounds gains it.` },
  ];
}

const withoutBoundary = ({ identity, role }: Pick<Mending, "identity" | "role">): RemediationStep => ({
  text: "Take the permissions boundary off the role.",
  command: iamCommand(identity.partition, "delete-role-permissions-boundary", { "role-name": role.name }),
});
