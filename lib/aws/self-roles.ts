import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import type { PartProperties } from "../controls/self/model.ts";
import type { DocumentSource } from "../model/facts.ts";
import { denied, found, type Seen } from "../model/seen.ts";
import { patient } from "./client-settings.ts";
import { read } from "./read.ts";
import type { Readers } from "./self-part.ts";

/** IAM actions on the stack's roles. @public */
export const actions = [
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
] as const;

/** The roles that functions and schedules have. */
export function roleReaders(): Readers<"role"> {
  const iam = new IAMClient(patient);
  return {
    async role({ physical }) {
      return { actual: await roleOf(iam, physical) };
    },
  };
}

/** A role with all its documents: seen whole, or not at all. */
async function roleOf(iam: IAMClient, RoleName: string): Promise<Seen<PartProperties>> {
  const role = await read("iam:GetRole", () => iam.send(new GetRoleCommand({ RoleName })));
  if (role.at !== "found") return role;
  const attached = await read("iam:ListAttachedRolePolicies", () =>
    iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
  );
  if (attached.at !== "found") return attached;
  const names = await read("iam:ListRolePolicies", () => iam.send(new ListRolePoliciesCommand({ RoleName })));
  if (names.at !== "found") return names;
  if (names.value.IsTruncated === true || attached.value.IsTruncated === true)
    return denied("iam:ListRolePolicies", "the role holds more policies than a page");
  const documents: DocumentSource[] = [];
  for (const PolicyName of names.value.PolicyNames ?? []) {
    const policy = await read("iam:GetRolePolicy", () =>
      iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
    );
    if (policy.at === "denied") return policy;
    if (policy.at === "absent") return denied("iam:GetRolePolicy", "it changed while it was read");
    documents.push(decoded(policy.value.PolicyDocument));
  }
  const trust = decoded(role.value.Role?.AssumeRolePolicyDocument);
  return found({
    settings: {
      attached: (attached.value.AttachedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn).toSorted(),
      boundary: role.value.Role?.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
    },
    policies: {
      trust: { kind: "trust", documents: [trust] },
      permissions: { kind: "identity", documents },
    },
  });
}

/** IAM gives documents percent-encoded; the engine reads both. */
const decoded = (document: string | undefined): DocumentSource => {
  try {
    return JSON.parse(decodeURIComponent(document ?? "")) as DocumentSource;
  } catch {
    return document ?? "";
  }
};
