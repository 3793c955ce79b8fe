import type { Facts, InstanceProfileFacts, ManagedPolicyFacts, RoleFacts } from "../model/facts.ts";
import { parseDocument } from "../policy/document.ts";
import type { Parsed, PolicyKind } from "../policy/model.ts";
import { indexOf } from "./account-index.ts";

/** The rosters of an account by name, and documents parsed once however many roles share them. */
export interface Lookups {
  readonly rolesByName: ReadonlyMap<string, readonly RoleFacts[]>;
  policy(arn: string): ManagedPolicyFacts | undefined;
  profile(name: string): InstanceProfileFacts | undefined;
  /** The document of a managed policy, parsed. */
  managedDocument(policy: ManagedPolicyFacts): Parsed;
}

export function buildLookups(facts: Facts): Lookups {
  const rolesByName = new Map<string, RoleFacts[]>();
  for (const role of facts.iam.roles.items) {
    const same = rolesByName.get(role.name);
    if (same === undefined) rolesByName.set(role.name, [role]);
    else same.push(role);
  }
  const parsed = new Map<string, Parsed>();
  return {
    rolesByName,
    policy: (arn) => indexOf(facts.iam).policy.get(arn),
    profile: (name) => indexOf(facts.iam).profile.get(name),
    managedDocument: ({ arn, document }) => {
      const known = parsed.get(arn);
      if (known !== undefined) return known;
      const fresh = parse(document, "identity", facts.identity.partition);
      parsed.set(arn, fresh);
      return fresh;
    },
  };
}

export const parse = (document: unknown, kind: PolicyKind, partition: string): Parsed =>
  parseDocument(document, { kind, partition });
