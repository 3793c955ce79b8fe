import type { IamFacts } from "../model/facts.ts";
import type { Roster } from "../model/seen.ts";
import { policyArnsOf } from "./assemble-iam.ts";

/** What reading one role by name gives, cut out of the whole account. */
export function narrowToRole(iam: IamFacts, name: string): IamFacts {
  const roles = only(iam.roles, (role) => role.name === name);
  const arns = new Set(roles.items.flatMap(policyArnsOf));
  const profiles = new Set(
    roles.items.flatMap((role) => (role.profiles.at === "found" ? role.profiles.value : [])),
  );
  return {
    roles,
    policies: only(iam.policies, ({ arn }) => arns.has(arn), arns.size),
    profiles: only(iam.profiles, (profile) => profiles.has(profile.name), profiles.size),
    users: { items: [] },
  };
}

export const narrowToUser = (iam: IamFacts, name: string): IamFacts => ({
  roles: { items: [] },
  policies: { items: [] },
  profiles: { items: [] },
  users: only(iam.users, (user) => user.name === name),
});

/** One profile and the role in it. */
export function narrowToProfile(iam: IamFacts, name: string): IamFacts {
  const profiles = only(iam.profiles, (profile) => profile.name === name);
  const parts = profiles.items.flatMap(({ roles }) => roles).map((role) => narrowToRole(iam, role));
  const items = <T extends { readonly arn: string }>(of: (part: IamFacts) => Roster<T>) =>
    merge(parts.map(of));
  return {
    roles: items((part) => part.roles),
    policies: items((part) => part.policies),
    profiles: merge([profiles, items((part) => part.profiles)]),
    users: { items: [] },
  };
}

/** The gap stays only while something is missing: `expected` items, one when not given. */
function only<T>(roster: Roster<T>, wanted: (item: T) => boolean, expected = 1): Roster<T> {
  const items = roster.items.filter(wanted);
  return roster.gap === undefined || items.length >= expected ? { items } : { items, gap: roster.gap };
}

/** Rosters as one, each item once. */
export function merge<T extends { readonly arn: string }>(rosters: readonly Roster<T>[]): Roster<T> {
  const gap = rosters.find((roster) => roster.gap !== undefined)?.gap;
  const items = new Map(rosters.flatMap((roster) => roster.items.map((item) => [item.arn, item])));
  return { items: [...items.values()], ...(gap === undefined ? {} : { gap }) };
}
