import { documentText } from "../model/document-text.ts";
import type { IamFacts, InstanceProfileFacts, ManagedPolicyFacts, RoleFacts } from "../model/facts.ts";

/** An account by name: each of thousands of roles may ask for what hangs on it, and for who else has it. */
interface AccountIndex {
  readonly role: ReadonlyMap<string, RoleFacts>;
  readonly policy: ReadonlyMap<string, ManagedPolicyFacts>;
  readonly profile: ReadonlyMap<string, InstanceProfileFacts>;
  /** By ARN of a managed policy: names of the roles that it is attached to or bounds, by their ARNs. */
  readonly carriers: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const known = new WeakMap<IamFacts, AccountIndex>();

/** Kept with the facts, which are one object for all findings of an audit. */
export function indexOf(iam: IamFacts): AccountIndex {
  const before = known.get(iam);
  if (before !== undefined) return before;
  const carriers = new Map<string, Map<string, string>>();
  for (const role of iam.roles.items) {
    const attached = role.attached.at === "found" ? role.attached.value.map(({ arn }) => arn) : [];
    for (const arn of role.boundary.at === "found" ? [...attached, role.boundary.value] : attached)
      carriers.set(arn, (carriers.get(arn) ?? new Map<string, string>()).set(role.arn, role.name));
  }
  const index: AccountIndex = {
    role: firstBy(iam.roles.items, ({ name }) => name),
    policy: firstBy(iam.policies.items, ({ arn }) => arn),
    profile: firstBy(iam.profiles.items, ({ name }) => name),
    carriers,
  };
  known.set(iam, index);
  return index;
}

function firstBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T> {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(key(item))) first.set(key(item), item);
  return first;
}

const texts = new WeakMap<ManagedPolicyFacts, string>();

/** A policy's document as one text, for a first look at what it may say. */
export function textOf(policy: ManagedPolicyFacts): string {
  const before = texts.get(policy);
  if (before !== undefined) return before;
  const text = documentText(policy.document);
  texts.set(policy, text);
  return text;
}
