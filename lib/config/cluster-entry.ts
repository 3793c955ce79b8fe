import type { WatchedCluster, WatchedRole } from "../model/config.ts";
import type { Platform } from "./catalogue.ts";
import type { PlatformEntryInput } from "./config-input.ts";
import type { Context } from "./context.ts";
import type { Path } from "./located-yaml.ts";
import { resolvePlatformRole } from "./platform-role.ts";
import { checkControlIds, checkName } from "./role-keys.ts";

/** How long a node that was just launched may lack its tags: they come up to a minute later. */
const usualGrace = 300;

/** A cluster, and its nodes' roles: each an entry of its own, with what the cluster says. */
export function resolveClusterEntry(
  platform: Platform,
  entry: PlatformEntryInput,
  path: Path,
  context: Context,
): { readonly cluster: WatchedCluster; readonly roles: readonly WatchedRole[] } {
  const roles: WatchedRole[] = [];
  if (entry.role !== undefined)
    context.complain(
      [...path, "role"],
      "expected `role` or `cluster`, not both: name its roles under `roles`",
    );
  const nodeRoles: string[] = [];
  const { cluster: _cluster, role: _role, ...rest } = entry;
  const nodes = platform.parameters[platform.rolesBy ?? ""]?.values ?? [];
  for (const [node, names] of Object.entries(entry.roles ?? {})) {
    if (!nodes.includes(node)) continue;
    for (const [index, name] of (typeof names === "string" ? [names] : names).entries()) {
      const at = [...path, "roles", node, ...(typeof names === "string" ? [] : [index])];
      checkName(name, at, context);
      const input: PlatformEntryInput = { ...rest, [platform.rolesBy ?? ""]: node };
      const role = resolvePlatformRole(platform, input, name, path, context);
      if (role === undefined) continue;
      nodeRoles.push(name);
      roles.push({
        ...role,
        place: context.placeOf(at),
        severities: { ...role.severities, ...entry.severities },
      });
    }
  }
  checkControlIds(entry.without ?? [], [...path, "without"], context);
  if (nodeRoles.length === 0)
    checkControlIds(Object.keys(entry.severities ?? {}), [...path, "severities"], context, "key");
  for (const [index, profile] of (entry.profiles ?? []).entries())
    checkName(profile, [...path, "profiles", index], context);
  const cluster: WatchedCluster = {
    platform: platform.platform,
    cluster: entry.cluster ?? "",
    region: entry.region ?? "*",
    without: entry.without ?? [],
    requiredTags: (entry.requiredTags ?? []).map(({ key, value, on }) => ({
      key,
      ...(value === undefined ? {} : { value }),
      on: on ?? ["instance"],
    })),
    profiles: entry.profiles ?? [],
    nodeRoles,
    ...(entry.capaName === undefined ? {} : { capaName: entry.capaName }),
    graceSeconds: entry.graceSeconds ?? usualGrace,
    severities: { ...context.severities, ...entry.severities },
    place: context.placeOf(path),
  };
  return { cluster, roles };
}
