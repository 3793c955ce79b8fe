import type { FactsPort } from "../gather/port.ts";
import type { Facts, IamFacts, RegionFacts } from "../model/facts.ts";
import type { Scope } from "../model/scope.ts";
import { denied, type Roster } from "../model/seen.ts";

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
      const region: RegionFacts = await port.region(scope.region);
      return { ...iam(noIam), regions: [region] };
    }
    case "policy":
    case "self":
      return iam(noIam);
    default:
      return scope satisfies never;
  }
}
