import type { DocumentSource, Facts, RoleFacts } from "../model/facts.ts";
import { parseDocument } from "../policy/document.ts";
import type { Policy, Statement } from "../policy/model.ts";

/** What of a role tells which platform it is for. Worked out from facts alone; nothing here judges. */
export interface RoleSignals {
  readonly role: RoleFacts;
  /** Services that may assume it, as `ec2` for `ec2.amazonaws.com`. */
  readonly services: ReadonlySet<string>;
  /** Account ids of the AWS principals that its trust policy lets in. */
  readonly accounts: ReadonlySet<string>;
  /** Values of `sts:ExternalId` that it asks for. To be compared and counted, never shown. */
  readonly externalIds: readonly string[];
  /** ARNs of the attached managed policies. */
  readonly attached: readonly string[];
  /** Names of all its policies. */
  readonly policyNames: readonly string[];
  /** Actions of its own Allow statements, lower case; AWS's managed policies left out. */
  readonly actions: ReadonlySet<string>;
  /** Statements of its own policies. */
  readonly statements: readonly Statement[];
  readonly profiles: readonly string[];
  readonly tags: readonly string[];
}

/** Roles that AWS keeps and nobody configures. */
export const isKeptByAws = ({ path }: RoleFacts): boolean =>
  path.startsWith("/aws-service-role/") || path.startsWith("/aws-reserved/");

export function signalsOf(
  role: RoleFacts,
  facts: Facts,
  policies: ReadonlyMap<string, DocumentSource>,
): RoleSignals {
  const { partition } = facts.identity;
  const trust = role.trust.at === "found" ? parsed(role.trust.value, "trust", partition) : [];
  const inline = role.inline.at === "found" ? role.inline.value : [];
  const attached = role.attached.at === "found" ? role.attached.value : [];
  const own = attached.filter(({ arn }) => !isAwsOwned(arn));
  const statements = [
    ...inline.map(({ document }) => document),
    ...own.flatMap(({ arn }) => {
      const document = policies.get(arn);
      return document === undefined ? [] : [document];
    }),
  ].flatMap((document) => parsed(document, "identity", partition));
  const allowing = trust.filter(({ effect }) => effect === "Allow");
  const principals = allowing.flatMap((statement) =>
    statement.principals === undefined || statement.principals.not ? [] : statement.principals.patterns,
  );
  return {
    role,
    services: new Set(
      principals.flatMap((p) =>
        p.type === "Service" ? [p.id.toLowerCase().replace(/\.amazonaws\.com(\.cn)?$/, "")] : [],
      ),
    ),
    accounts: new Set(
      principals.flatMap((p) =>
        p.type === "AWS" ? [/^arn:[^:]*:[^:]*::(\d{12}):/.exec(p.id)?.[1] ?? []].flat() : [],
      ),
    ),
    externalIds: allowing
      .flatMap(({ conditions }) => conditions)
      .filter(({ key }) => key.toLowerCase() === "sts:externalid")
      .flatMap(({ values }) => values),
    attached: attached.map(({ arn }) => arn),
    policyNames: [...inline, ...attached].map(({ name }) => name),
    actions: new Set(
      statements
        .filter(({ effect, actions }) => effect === "Allow" && !actions.not)
        .flatMap(({ actions }) => actions.patterns.map((pattern) => pattern.toLowerCase())),
    ),
    statements,
    profiles: role.profiles.at === "found" ? role.profiles.value : [],
    tags: role.tags.at === "found" ? [...role.tags.value].flat() : [],
  };
}

const isAwsOwned = (arn: string): boolean => arn.split(":")[4] === "aws";

const parsed = (
  document: DocumentSource,
  kind: "trust" | "identity",
  partition: string,
): Policy["statements"] => {
  const answer = parseDocument(document, { kind, partition });
  return answer.ok ? answer.policy.statements : [];
};

/**
 * How much of a list of actions a role's own policies hold, from 0 to 1. A wildcard counts for the
 * actions that it covers within a service's verb (`ec2:Describe*`), not a whole service's or account's:
 * an administrator is no node of everything.
 */
export function coverage(actions: ReadonlySet<string>, wanted: ReadonlySet<string>): number {
  const prefixes = [...actions]
    .filter((action) => /^[\w-]+:\w+\*$/.test(action))
    .map((action) => action.slice(0, -1));
  const held = [...wanted].filter(
    (action) => actions.has(action) || prefixes.some((prefix) => action.startsWith(prefix)),
  );
  return wanted.size === 0 ? 0 : held.length / wanted.size;
}

/** How alike two lists are, from 0 to 1: what both hold among what either holds. */
export function likeness(actions: ReadonlySet<string>, wanted: ReadonlySet<string>): number {
  const common = [...wanted].filter((action) => actions.has(action)).length;
  return common / Math.max(1, actions.size + wanted.size - common);
}
