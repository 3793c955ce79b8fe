import type { Cause } from "../change/model.ts";
import type { Result } from "../model/result.ts";

/** What calls can bring about what controls find, the first that matches. */
const kinds: readonly (readonly [control: RegExp, action: RegExp])[] = [
  // IAM takes no id of what is gone: whoever deleted the principal did it, with a call on that.
  [/^trust-dead-principal$/u, /^$/u],
  [/trust/u, /^iam:(?:CreateRole|UpdateAssumeRolePolicy)$/u],
  [/^profile-/u, /^iam:(?:CreateRole$|.*InstanceProfile$)/u],
  [/^boundary$/u, /^iam:(?:CreateRole|(?:Put|Delete)RolePermissionsBoundary)$/u],
  [/^attachments$/u, /^iam:(?:CreateRole|(?:Attach|Detach)RolePolicy)$/u],
  // Else it hangs on the policies of another role.
  [/^management-/u, /^iam:CreateRole$/u],
  [
    /permissions|attachment|^pass-role$/u,
    /^iam:(?:CreateRole$|(?:Put|Delete|Attach|Detach)RoleP|(?:Create|Delete|SetDefault)Policy)/u,
  ],
  [/^role-exists$/u, /^iam:Delete(?:ServiceLinked)?Role$/u],
  [/^role-/u, /^iam:Create(?:ServiceLinked)?Role$/u],
  [/^legacy-user$/u, /^iam:(?:Create|Update)User$/u],
  [
    /^cluster-node-profile$/u,
    /^ec2:(?:(?:Create|Delete)Tags|RunInstances|CreateFleet|.*IamInstanceProfile(?:Association)?)$/u,
  ],
  [
    /^cluster-(?:node|capa)-groups$/u,
    /^ec2:(?:.*Tags|RunInstances|CreateFleet|Modify.*Attribute|.*NetworkInterface|.*SecurityGroup)$/u,
  ],
  [/^cluster-subnet-role$/u, /^ec2:(?:.*Tags|.*Route|.*RouteTable(?:Association)?|.*Subnet)$/u],
  [
    /^cluster-/u,
    /^ec2:(?:(?:Create|Delete)Tags|RunInstances|Create(?:Fleet|RouteTable|SecurityGroup|Subnet))$/u,
  ],
];

/** Whether a call is of a kind that can bring about what a control finds, whatever it is about. */
export const isOfKind = (action: string, control: string): boolean =>
  kinds.find(([of]) => of.test(control))?.[1].test(action) === true;

/** Whether nothing but calls of its kind can bring about what a control finds on one resource. */
export const isDecided = ({ control, resource }: Result): boolean =>
  resource.type !== "cluster" &&
  /^(?:trust-(?!dead)|foreign-trust|permissions-|boundary|attachments|extra-attachment|pass-role|profile-|role-(?:exists|absent)|cluster-)/u.test(
    control,
  );

/** What hangs on the policies of another role, whose calls are told with it. */
const onAnother = /^management-/u;

/** What a finding on an EC2 resource hangs on besides the resource, as ids begin. */
const beside: readonly (readonly [control: RegExp, about: RegExp])[] = [
  [/^cluster-(?:node|capa)-groups$/u, /^sg-/u],
  [/^cluster-subnet-role$/u, /^rtb-/u],
];

/**
 * Whether a call that is known to concern a result is of a kind that may have brought it about. Looser than what is
 * asked of a call that comes late: here it only puts the likely before those that merely touched the same thing.
 */
export function mayBringAbout({ action, about }: Cause, { control, resource }: Result): boolean {
  if (resource.arn.split(":")[2] !== "ec2")
    return isOfKind(action, control) || (onAnother.test(control) && isOfKind(action, "permissions-"));
  // A node is judged by the role in its profile too.
  if (action.startsWith("iam:")) return control === "cluster-node-profile";
  if (!isOfKind(action, control)) return false;
  if (about.length === 0 || resource.type === "cluster") return true;
  const id = resource.arn.split("/").at(-1) ?? "";
  const near = beside.find(([of]) => of.test(control))?.[1];
  return about.some((one) => one === id || near?.test(one) === true);
}

const removal =
  /^(?:iam:Delete(?:Role|User|InstanceProfile|ServiceLinkedRole)|ec2:(?:Terminate|Delete(?!Tags)).*)$/u;

/** Whether a call is of a kind that may have ended a finding: `gone`, with its resource, or by mending it. */
export function mayEnd(cause: Cause, result: Result, gone: boolean): boolean {
  if (gone) return removal.test(cause.action);
  if (result.control === "role-exists") return /^iam:Create(?:ServiceLinked)?Role$/u.test(cause.action);
  return mayBringAbout(cause, result);
}
