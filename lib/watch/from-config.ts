import { unwatched } from "../controls/cluster/unwatched.ts";
import { judge } from "../controls/judge.ts";
import { isPattern, matchesPattern } from "../controls/name-pattern.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { Result } from "../model/result.ts";
import type { WatchPorts } from "./ports.ts";

/** The part of the pipeline's ports that follows from the configuration alone. */
export function portsOf(
  config: ResolvedConfig,
): Pick<WatchPorts, "judge" | "stillAsked"> & Required<Pick<WatchPorts, "countedByPattern">> {
  return {
    judge: (facts, { scope, now, settled }) => judge(facts, config, { scope, now: new Date(now), settled }),
    stillAsked: (result) => stillAsked(result, config),
    countedByPattern: (role) =>
      config.roles.some(
        ({ select }) =>
          select.name === undefined || (isPattern(select.name) && matchesPattern(select.name, role)),
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
