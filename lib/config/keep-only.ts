import type { ResolvedConfig } from "../model/config.ts";

/** What platforms and regions leave of a configuration; empty lists leave all. */
export function keepOnly(
  config: ResolvedConfig,
  { platforms, regions }: { readonly platforms: readonly string[]; readonly regions: readonly string[] },
): ResolvedConfig {
  const wanted = ({ platform }: { readonly platform: string }): boolean =>
    platforms.length === 0 || platforms.includes(platform);
  const there = ({ region }: { readonly region: string }): boolean =>
    regions.length === 0 || region === "*" || regions.includes(region);
  return {
    ...config,
    roles: config.roles.filter(wanted),
    clusters: config.clusters.filter((cluster) => wanted(cluster) && there(cluster)),
    foreignAccounts: config.foreignAccounts.filter(wanted),
    legacyUsers: config.legacyUsers.filter(wanted),
  };
}
