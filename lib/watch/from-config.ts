import { unwatched } from "../controls/cluster/unwatched.ts";
import { judge } from "../controls/judge.ts";
import { isPattern, matchesPattern } from "../controls/name-pattern.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { Result } from "../model/result.ts";
import type { Scope } from "../model/scope.ts";
import { loadActions } from "../policy/actions/load-actions.ts";
import { type Companions, companionsOf } from "./companions.ts";
import { concerns } from "./concerns.ts";
import type { WatchPorts } from "./ports.ts";
import { matchesInAnyCase, spelledIn } from "./spelling.ts";

/** The part of the pipeline's ports that follows from the configuration, and from the region it runs in. */
export function portsOf(
  config: ResolvedConfig,
  home?: string,
): Pick<WatchPorts, "judge" | "stillAsked"> &
  Required<Pick<WatchPorts, "countedByPattern" | "companions" | "concerns" | "spelled">> {
  const companions = (scope: Scope): Companions => companionsOf(config, scope, home);
  return {
    judge: async (facts, { scope, now, settled }) =>
      judge(facts, config, {
        scope,
        now: new Date(now),
        settled,
        lookedFor: companions(scope).roles,
        // As an audit at a terminal does: what a suppression quotes must be the same everywhere.
        actions: await loadActions(),
      }),
    companions,
    spelled: (scope) => spelledIn(config, scope),
    concerns: (scope, causes) => concerns(config, scope, causes),
    stillAsked: (result) => stillAsked(result, config),
    countedByPattern: (role) =>
      config.roles.some(
        ({ select }) =>
          select.name === undefined || (isPattern(select.name) && matchesInAnyCase(select.name, role)),
      ),
  };
}

function stillAsked(result: Result, config: ResolvedConfig): boolean {
  const { platform, baseline, resource, control } = result;
  const name = resource.arn.split("/").at(-1) ?? "";
  const same = (one: { readonly platform: string; readonly baseline: string }): boolean =>
    one.platform === platform && one.baseline === baseline;
  switch (resource.type) {
    case "role":
    case "instance-profile":
      return (
        config.foreignAccounts.some(same) ||
        config.roles.some(
          (entry) =>
            same(entry) && (entry.select.name === undefined || matchesPattern(entry.select.name, name)),
        )
      );
    case "user":
      return config.legacyUsers.some((user) => same(user) && user.name === name);
    case "account":
      return config.foreignAccounts.some(same);
    case "instance":
    case "security-group":
    case "subnet":
    case "route-table":
    case "cluster":
      return (
        control === unwatched.id ||
        config.clusters.some(
          (cluster) =>
            cluster.platform === platform &&
            (cluster.region === "*" || cluster.region === resource.region) &&
            (resource.type !== "cluster" || cluster.cluster === name),
        )
      );
    case "rolecall":
      return true;
    default:
      return resource.type satisfies never;
  }
}
