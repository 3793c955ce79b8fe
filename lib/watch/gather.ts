import type { FactsPort } from "../gather/port.ts";
import type { Facts, IamFacts, RegionFacts } from "../model/facts.ts";
import type { Scope } from "../model/scope.ts";
import { denied, type Roster } from "../model/seen.ts";
import { inTurn } from "./in-turn.ts";

const unread: Roster<never> = { items: [], gap: denied("", "not read for this scope") };
const noIam: IamFacts = { roles: unread, policies: unread, profiles: unread, users: unread };

/** Reads what a scope is about, and no more. `at` is now: what is seen is at least this new. */
export async function gatherScope(scope: Scope, at: string, port: FactsPort): Promise<Facts> {
  const identity = await port.identity();
  const iam = (facts: IamFacts): Facts => ({ identity, at, source: "live", iam: facts, regions: [] });
  switch (scope.kind) {
    case "role":
      return iam(await port.role(scope.name));
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
  return {
    roles: joined(parts.map((part) => part.roles)),
    policies: joined(parts.map((part) => part.policies)),
    profiles: joined(parts.map((part) => part.profiles)),
    users: unread,
  };
}

function joined<T extends { readonly arn: string }>(rosters: readonly Roster<T>[]): Roster<T> {
  const items = new Map(rosters.flatMap((roster) => roster.items).map((item) => [item.arn, item]));
  const gap = rosters.find((roster) => roster.gap !== undefined)?.gap;
  return { items: [...items.values()], ...(gap === undefined ? {} : { gap }) };
}
