import type { WatchedRole } from "../model/config.ts";
import type { AccountIdentity } from "../model/facts.ts";
import type { Policy } from "../policy/model.ts";
import { expectedOf } from "./expected.ts";
import { isPattern } from "./name-pattern.ts";
import type { ExpectedPolicies } from "./permissions/analyse-permissions.ts";
import type { RolePolicies } from "./permissions/role-policies.ts";

/** By a role's name: the entries of the catalogue's platforms that name it in full. */
export type NamedEntries = ReadonlyMap<string, readonly WatchedRole[]>;

export function entriesByName(all: readonly WatchedRole[]): NamedEntries {
  const named = new Map<string, WatchedRole[]>();
  for (const watched of all) {
    const { name, tag } = watched.select;
    const isOfOnePlatform = watched.platform !== "custom" && watched.expect !== "absent";
    if (name === undefined || isPattern(name) || tag !== undefined || !isOfOnePlatform) continue;
    named.set(name, [...(named.get(name) ?? []), watched]);
  }
  return named;
}

/**
 * What an entry expects of a role that others name too: one role may serve two platforms, or two kinds of
 * node, and then has what each of their documents asks for. What it lacks is each one's own matter.
 */
export function allowingOthers(
  expected: ExpectedPolicies,
  others: readonly WatchedRole[],
  read: RolePolicies,
  identity: AccountIdentity,
): ExpectedPolicies {
  if (others.length === 0 || read.at !== "read") return expected;
  const allowed = others.flatMap((other): readonly Policy[] => {
    const theirs = expectedOf(other, identity).permissions();
    // What AWS made of a policy of its own is told once, as such.
    const now = read.policies.filter(({ arn }) => theirs.pinned.some((pinned) => pinned.arn === arn));
    return [...theirs.required, ...theirs.allowed, ...now.map(({ policy }) => policy)];
  });
  return { ...expected, allowed: [...expected.allowed, ...allowed] };
}
