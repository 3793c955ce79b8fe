import type { Facts, InstanceProfileFacts, ManagedPolicyFacts, RoleFacts } from "../model/facts.ts";
import { parseDocument } from "../policy/document.ts";
import type { Parsed, PolicyKind } from "../policy/model.ts";

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
  const policies = lazily(() => new Map(facts.iam.policies.items.map((policy) => [policy.arn, policy])));
  const profiles = lazily(() => new Map(facts.iam.profiles.items.map((profile) => [profile.name, profile])));
  const parsed = new Map<string, Parsed>();
  return {
    rolesByName,
    policy: (arn) => policies().get(arn),
    profile: (name) => profiles().get(name),
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

export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
