import { notApplicable, type RoleControl } from "../control.ts";

/** Why a role's owner cannot change it, by its path; undefined for every other role. */
export function whyFixed(path: string): string | undefined {
  if (path.startsWith("/aws-service-role/")) return "a service-linked role: only the AWS service changes it";
  if (path.startsWith("/aws-reserved/sso.amazonaws.com/"))
    return "made by IAM Identity Center from a permission set: it is changed there";
  return undefined;
}

export const roleChangeable: RoleControl = {
  id: "role-changeable",
  title: "The role is one that its owner can change",
  severity: "info",
  resource: "role",
  rationale:
    "Service-linked roles and those of IAM Identity Center (`AWSReservedSSO_…`) cannot be changed by the account's owner, so that drift in them is not the owner's. They are told by their path, since a name can be anyone's.",
  evaluate: ({ role }) => {
    const why = whyFixed(role.path);
    return why === undefined ? undefined : notApplicable(`It is ${why}.`);
  },
};
