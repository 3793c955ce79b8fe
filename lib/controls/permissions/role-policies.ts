import type { Facts, RoleFacts } from "../../model/facts.ts";
import { type Denied, denied } from "../../model/seen.ts";
import type { Parsed, Policy, PolicySet } from "../../policy/model.ts";
import { type Lookups, parse } from "../lookups.ts";

/** One document that hangs on a role. */
export interface RolePolicy {
  readonly name: string;
  /** Of a managed policy. */
  readonly arn?: string;
  readonly policy: Policy;
}

/** All that decides what a role may do. */
export type RolePolicies =
  | { readonly at: "unseen"; readonly denied: Denied }
  | { readonly at: "invalid"; readonly name: string; readonly message: string }
  | {
      readonly at: "read";
      readonly policies: readonly RolePolicy[];
      readonly boundary?: { readonly arn: string; readonly policy: Policy };
    };

export function readRolePolicies(role: RoleFacts, facts: Facts, lookups: Lookups): RolePolicies {
  for (const part of [role.inline, role.attached, role.boundary])
    if (part.at === "denied") return { at: "unseen", denied: part };
  const policies: RolePolicy[] = [];
  let fault: RolePolicies | undefined;
  const take = (name: string, parsed: Parsed, arn?: string): void => {
    if (parsed.ok) policies.push({ name, ...(arn === undefined ? {} : { arn }), policy: parsed.policy });
    else {
      const [error] = parsed.errors;
      const message = `${error?.place ? `${error.place}: ` : ""}${error?.message ?? "not valid"}`;
      fault ??= { at: "invalid", name, message };
    }
  };
  const managed = (arn: string): Parsed | Denied => {
    const policy = lookups.policy(arn);
    if (policy !== undefined) return lookups.managedDocument(policy);
    return facts.iam.policies.gap ?? denied("iam:GetPolicyVersion", `the document of ${arn} was not read`);
  };

  if (role.inline.at === "found")
    for (const { name, document } of role.inline.value)
      take(name, parse(document, "identity", facts.identity.partition));
  if (role.attached.at === "found")
    for (const { arn, name } of role.attached.value) {
      const document = managed(arn);
      if ("at" in document) return { at: "unseen", denied: document };
      take(name, document, arn);
    }
  if (role.boundary.at !== "found") return fault ?? { at: "read", policies };
  const arn = role.boundary.value;
  const document = managed(arn);
  if ("at" in document) return { at: "unseen", denied: document };
  if (!document.ok) take(arn, document);
  if (fault !== undefined || !document.ok) return fault ?? { at: "read", policies };
  return { at: "read", policies, boundary: { arn, policy: document.policy } };
}

/** The policy set of some of a role's documents, under its boundary. */
export const policySet = (documents: readonly Policy[], boundary: Policy | undefined): PolicySet => ({
  kind: "identity",
  documents,
  ...(boundary === undefined ? {} : { boundary: [boundary] }),
});

/** A document's Deny statements; none where it has none. */
export function deniedBy(policy: Policy): readonly Policy[] {
  const statements = policy.statements.filter(({ effect }) => effect === "Deny");
  return statements.length === 0 ? [] : [{ ...policy, statements }];
}
