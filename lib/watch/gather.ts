import { merge } from "../gather/narrow-iam.ts";
import type { FactsPort } from "../gather/port.ts";
import type { Facts, IamFacts, RegionFacts } from "../model/facts.ts";
import type { Scope } from "../model/scope.ts";
import { denied, type Roster } from "../model/seen.ts";
import type { Companions } from "./companions.ts";
import { inTurn } from "./in-turn.ts";

const unread: Roster<never> = { items: [], gap: denied("", "not read for this scope") };
const noIam: IamFacts = { roles: unread, policies: unread, profiles: unread, users: unread };

/** Reads what a scope is about, and no more. `at` is now: what is seen is at least this new. */
export async function gatherScope(
  scope: Scope,
  at: string,
  port: FactsPort,
  companions?: Companions,
): Promise<Facts> {
  const identity = await port.identity();
  const iam = (facts: IamFacts): Facts => ({ identity, at, source: "live", iam: facts, regions: [] });
  switch (scope.kind) {
    case "role":
      return iam(await roleWith(scope.name, port, companions));
    case "user":
      return iam(await port.user(scope.name));
    case "profile":
      return iam(await port.profile(scope.name));
    case "account":
      return iam(await port.account());
    case "region": {
      const region = await port.region(scope.region);
      return { ...iam(await profilesOf(region, port)), regions: [region] };
    }
    case "policy":
    case "self":
      return iam(noIam);
    default:
      return scope satisfies never;
  }
}

/** More profiles than this are cheaper read with the whole account. */
const mostProfiles = 20;

/** The profiles that a region's instances carry, with the roles in them: nodes are judged by these too. */
async function profilesOf(region: RegionFacts, port: FactsPort): Promise<IamFacts> {
  const arns = region.instances.items.flatMap(({ profile }) => (profile === undefined ? [] : [profile]));
  const names = [...new Set(arns.map((arn) => arn.split("/").at(-1) ?? ""))];
  if (names.length > mostProfiles) return port.account();
  const parts = await inTurn(names, 2, (name) => port.profile(name));
  return joined(parts);
}

/** A role with what it is judged by besides; profiles of usual names only where none holds it. */
async function roleWith(name: string, port: FactsPort, companions?: Companions): Promise<IamFacts> {
  const own = await port.role(name);
  const [role] = own.roles.items;
  if (role === undefined || companions === undefined) return own;
  const bare = role.profiles.at === "found" && role.profiles.value.length === 0;
  const parts = await inTurn(
    [
      ...companions.roles.map((other) => () => port.role(other)),
      ...(bare ? companions.profiles : []).map((other) => () => port.profile(other)),
    ],
    2,
    (read) => read(),
  );
  return joined([own, ...parts]);
}

const joined = (parts: readonly IamFacts[]): IamFacts => ({
  roles: merge(parts.map((part) => part.roles)),
  policies: merge(parts.map((part) => part.policies)),
  profiles: merge(parts.map((part) => part.profiles)),
  users: merge(parts.map((part) => part.users)),
});
