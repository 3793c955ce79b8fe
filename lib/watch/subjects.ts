import { policyArnsOf } from "../gather/assemble-iam.ts";
import type { Facts } from "../model/facts.ts";
import type { Resource, Result } from "../model/result.ts";
import { type Scope, scopeKey } from "../model/scope.ts";
import { lookUp, type Roster } from "../model/seen.ts";

/** The finest scope that a result is remembered under. */
export function subjectOf(resource: Resource, within: Scope): Scope {
  const { account, region } = resource;
  const name = resource.arn.split("/").at(-1) ?? "";
  switch (resource.type) {
    case "role":
      return { kind: "role", account, name };
    case "user":
      return { kind: "user", account, name };
    case "instance-profile":
      return { kind: "profile", account, name };
    case "account":
      return { kind: "account", account };
    case "instance":
    case "security-group":
    case "subnet":
    case "route-table":
    case "cluster":
      return { kind: "region", account, region };
    case "rolecall":
      return within;
    default:
      return resource.type satisfies never;
  }
}

/** Whether a look at `scope` sees all of `subject`, so that what it does not show is not there. */
export function covers(scope: Scope, subject: Scope): boolean {
  if (scopeKey(scope) === scopeKey(subject)) return true;
  return scope.kind === "account" && scope.account === subject.account && iamKinds.has(subject.kind);
}

const iamKinds: ReadonlySet<Scope["kind"]> = new Set(["role", "user", "profile"]);

/** The scope that `scopeKey` wrote; undefined for any other text. */
export function scopeOfKey(key: string): Scope | undefined {
  const [, account, kind, name = ""] = /^(\d{12})\/([a-z]+)(?:\/(.*))?$/su.exec(key) ?? [];
  if (account === undefined || kind === undefined) return undefined;
  switch (kind) {
    case "role":
    case "user":
    case "profile":
      return { kind, account, name };
    case "region":
    case "self":
      return { kind, account, region: name };
    case "policy":
      return { kind, account, arn: name };
    case "account":
      return { kind, account };
    default:
      return undefined;
  }
}

export interface SubjectResults {
  readonly subject: Scope;
  readonly results: readonly Result[];
}

/**
 * Results by subject; the scope itself is always among the subjects, last. What a scope says of a region
 * or an account that was not read for it (a cluster that was not looked for) is left to their own.
 */
export function bySubject(results: readonly Result[], scope: Scope): readonly SubjectResults[] {
  const groups = new Map<string, { subject: Scope; results: Result[] }>();
  for (const result of results) {
    const subject = subjectOf(result.resource, scope);
    if (!iamKinds.has(subject.kind) && !covers(scope, subject)) continue;
    const key = scopeKey(subject);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { subject, results: [result] });
    else group.results.push(result);
  }
  const own = groups.get(scopeKey(scope)) ?? { subject: scope, results: [] };
  groups.delete(scopeKey(scope));
  return [...groups.values(), own];
}

/** ARNs of the policies that hang on a role, as far as they were seen. */
export function policiesOn(subject: Scope, { iam }: Facts): readonly string[] {
  if (subject.kind !== "role") return [];
  const role = iam.roles.items.find(({ name }) => name === subject.name);
  return role === undefined ? [] : policyArnsOf(role);
}

/** Whether these facts show a resource, or show that it is not there. */
export function seesIn(facts: Facts, resource: Resource): boolean {
  const id = resource.arn.split("/").at(-1) ?? "";
  const { iam } = facts;
  const region = facts.regions.find((one) => one.region === resource.region);
  const shows = (roster: Roster<{ readonly id: string }> | undefined): boolean =>
    roster !== undefined && lookUp(roster, (item) => item.id === id).at !== "denied";
  const showsArn = (roster: Roster<{ readonly arn: string }>): boolean =>
    lookUp(roster, (item) => item.arn === resource.arn).at !== "denied";
  switch (resource.type) {
    case "role":
      return showsArn(iam.roles);
    case "user":
      return showsArn(iam.users);
    case "instance-profile":
      return showsArn(iam.profiles);
    case "instance":
      return shows(region?.instances);
    case "security-group":
      return shows(region?.groups);
    case "subnet":
      return shows(region?.subnets);
    case "route-table":
      return shows(region?.routeTables);
    case "cluster":
      return region !== undefined && region.instances.gap === undefined;
    case "account":
      return iam.roles.gap === undefined;
    case "rolecall":
      return true;
    default:
      return resource.type satisfies never;
  }
}

/** Why a scope as such could not be seen; undefined when it was. */
export function unseenIn(facts: Facts, scope: Scope): string | undefined {
  const gap = gapsOf(facts, scope).find((one) => one.gap !== undefined)?.gap;
  return gap === undefined ? undefined : `${gap.action}: ${gap.reason}`;
}

function gapsOf(facts: Facts, scope: Scope): readonly Roster<unknown>[] {
  switch (scope.kind) {
    case "account":
      return [facts.iam.roles, facts.iam.policies, facts.iam.profiles, facts.iam.users];
    case "role":
      return [facts.iam.roles];
    case "user":
      return [facts.iam.users];
    case "profile":
      return [facts.iam.profiles];
    case "region":
      return facts.regions.flatMap((region) => [
        region.instances,
        region.groups,
        region.subnets,
        region.routeTables,
      ]);
    case "policy":
    case "self":
      return [];
    default:
      return scope satisfies never;
  }
}
