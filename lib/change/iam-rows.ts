import { field, text } from "./field.ts";
import type { Call, EventRow, Target } from "./row.ts";

/** IAM's limits: 64 characters for roles and users, 128 for instance profiles. */
const plainName = /^[\w+=,.@-]{1,128}$/u;
/** One that may be percent-encoded is no answer: looked up as it stands it would be nobody's. */
const policyArn = /^arn:[a-z0-9-]+:iam::(\d{12}|aws):policy\/(?!.*%[\dA-Fa-f]{2})[\x21-\x7e]{1,640}$/u;

/** A name, or the last segment of an ARN or path; undefined when it cannot be an IAM name. */
function iamName(value: unknown): string | undefined {
  const name = text(value, 2048)?.split("/").at(-1);
  // CloudTrail writes this in the place of names that it will not record.
  if (name === undefined || name === "HIDDEN_DUE_TO_SECURITY_REASONS") return undefined;
  return plainName.test(name) ? name : undefined;
}

type Reader = (call: Call) => readonly Target[];

const named =
  (kind: "role" | "user" | "profile", parameter: string): Reader =>
  ({ params }) => {
    const name = iamName(field(params, parameter));
    return name === undefined ? [] : [{ kind, name }];
  };

const ofRole = named("role", "roleName");
const ofUser = named("user", "userName");
const ofProfile = named("profile", "instanceProfileName");

const ofPolicy: Reader = ({ params }) => {
  const arn = text(field(params, "policyArn"), 2048);
  return arn !== undefined && policyArn.test(arn) ? [{ kind: "policy", arn }] : [];
};

/** All of the readers must find something: half an answer is no answer. */
const all =
  (...readers: readonly Reader[]): Reader =>
  (call) => {
    const found = readers.map((reader) => reader(call));
    return found.every((targets) => targets.length > 0) ? found.flat() : [];
  };

const first =
  (...readers: readonly Reader[]): Reader =>
  (call) => {
    for (const reader of readers) {
      const targets = reader(call);
      if (targets.length > 0) return targets;
    }
    return [];
  };

/** A new policy's ARN is in the answer; without one it follows from account, path and name. */
const ofNewPolicy: Reader = ({ params, response, account, partition }) => {
  const told = text(field(response, "policy", "arn"), 2048);
  const name = text(field(params, "policyName"), 128);
  const path = text(field(params, "path"), 512) ?? "/";
  const arn = told ?? (name && `arn:${partition}:iam::${account}:policy${path}${name}`);
  return arn !== undefined && policyArn.test(arn) ? [{ kind: "policy", arn }] : [];
};

const ofAnsweredRole: Reader = ({ response }) => {
  const name = iamName(field(response, "role", "roleName"));
  return name === undefined ? [] : [{ kind: "role", name }];
};

/** A rename shows under its old name and its new one. */
const ofRenamedUser: Reader = (call) => [...ofUser(call), ...named("user", "newUserName")(call)];

const row = (name: string, targets: Reader): EventRow => ({
  service: "iam",
  name,
  otherwise: "account",
  targets,
});

export const iamRows: readonly EventRow[] = [
  row("CreateRole", ofRole),
  row("UpdateRole", ofRole),
  row("UpdateRoleDescription", ofRole),
  row("DeleteRole", ofRole),
  row("UpdateAssumeRolePolicy", ofRole),
  row("PutRolePolicy", ofRole),
  row("DeleteRolePolicy", ofRole),
  row("AttachRolePolicy", ofRole),
  row("DetachRolePolicy", ofRole),
  row("PutRolePermissionsBoundary", ofRole),
  row("DeleteRolePermissionsBoundary", ofRole),
  row("TagRole", ofRole),
  row("UntagRole", ofRole),
  // The parameter is `aWSServiceName`; the role's name is only in the answer.
  row("CreateServiceLinkedRole", ofAnsweredRole),
  row("DeleteServiceLinkedRole", ofRole),
  row("CreatePolicy", ofNewPolicy),
  row("DeletePolicy", ofPolicy),
  row("CreatePolicyVersion", ofPolicy),
  row("DeletePolicyVersion", ofPolicy),
  row("SetDefaultPolicyVersion", ofPolicy),
  row("CreateInstanceProfile", ofProfile),
  row("DeleteInstanceProfile", ofProfile),
  row("AddRoleToInstanceProfile", all(ofProfile, ofRole)),
  row("RemoveRoleFromInstanceProfile", all(ofProfile, ofRole)),
  row("CreateUser", ofUser),
  row("UpdateUser", ofRenamedUser),
  row("DeleteUser", ofUser),
  row("AttachUserPolicy", ofUser),
  row("DetachUserPolicy", ofUser),
  row("PutUserPolicy", ofUser),
  row("DeleteUserPolicy", ofUser),
  row(
    "CreateAccessKey",
    first(ofUser, ({ response }) => ofUser({ ...noCall, params: field(response, "accessKey") })),
  ),
];

const noCall: Call = { params: undefined, response: undefined, account: "", partition: "" };
