import type { RoleSelector, WatchedRole } from "../model/config.ts";
import type { RoleFacts } from "../model/facts.ts";
import type { Denied } from "../model/seen.ts";
import type { Lookups } from "./lookups.ts";
import { isPattern, matchesPattern } from "./name-pattern.ts";

/** The roles that one entry of the configuration is about. */
export interface Watch {
  readonly watched: WatchedRole;
  readonly roles: readonly RoleFacts[];
  /** Tags that could not be seen: whether more roles match cannot be said. */
  readonly blind?: Denied;
}

/**
 * Which roles each entry is about. A role goes to one entry of each platform: to the one that names it
 * most exactly, the first of equals.
 */
export function matchRoles(all: readonly WatchedRole[], lookups: Lookups): readonly Watch[] {
  const management = new Set(
    all.flatMap(({ platform, assumedBy, assumedFrom }) =>
      assumedBy === undefined ? [] : [`${platform} ${assumedBy} ${assumedFrom ?? ""}`],
    ),
  );
  const found = all.map((watched) => {
    const selected = select(watched.select, lookups);
    if (isExact(watched.select) || management.size === 0) return { watched, ...selected };
    // A role that is to assume the others is not one of them, whatever a pattern catches.
    const roles = selected.roles.filter(({ name, arn }) =>
      ["", arn.split(":")[4]].every((account) => !management.has(`${watched.platform} ${name} ${account}`)),
    );
    return { watched, ...selected, roles };
  });
  const owners = new Map<string, { index: number; weight: number }>();
  for (const [index, { watched, roles }] of found.entries()) {
    const weight = exactness(watched.select);
    for (const { arn } of roles) {
      const key = `${watched.platform} ${arn}`;
      const owner = owners.get(key);
      if (owner === undefined || owner.weight < weight) owners.set(key, { index, weight });
    }
  }
  return found.map((each, index) => ({
    ...each,
    roles: each.roles.filter(({ arn }) => owners.get(`${each.watched.platform} ${arn}`)?.index === index),
  }));
}

const isExact = ({ name }: RoleSelector): boolean => name !== undefined && !isPattern(name);

function select(
  selector: RoleSelector,
  { rolesByName }: Lookups,
): { readonly roles: readonly RoleFacts[]; readonly blind?: Denied } {
  const { name, path, tag } = selector;
  let roles: readonly RoleFacts[];
  if (name !== undefined && !isPattern(name)) roles = rolesByName.get(name) ?? [];
  else {
    const matching = [...rolesByName].flatMap(([each, same]) =>
      name === undefined || matchesPattern(name, each) ? same : [],
    );
    // The path of a role that is named in full is judged, not asked for.
    roles = path === undefined ? matching : matching.filter((role) => matchesPattern(path, role.path));
  }
  if (tag === undefined) return { roles };
  let blind: Denied | undefined;
  const tagged = roles.filter(({ tags }) => {
    if (tags.at === "denied") blind = tags;
    if (tags.at !== "found") return false;
    const value = tags.value.get(tag.key);
    return value !== undefined && (tag.value === undefined || matchesPattern(tag.value, value));
  });
  return blind === undefined ? { roles: tagged } : { roles: tagged, blind };
}

/** A name outweighs any pattern; of patterns, the one with more letters of its own. */
function exactness(selector: RoleSelector): number {
  const { name, path, tag } = selector;
  const letters = (text: string | undefined) => (text ?? "").replace(/[*?]/g, "").length;
  return (isExact(selector) ? 1000 : 0) + letters(name) + letters(path) + (tag === undefined ? 0 : 1);
}

/** What messages call the roles that an entry is about. */
export function selectorText({ name, path, tag }: RoleSelector): string {
  const parts = [
    ...(name === undefined ? [] : [`\`${name}\``]),
    ...(path === undefined ? [] : [`under \`${path}\``]),
    ...(tag === undefined ? [] : [`tagged \`${tag.key}${tag.value === undefined ? "" : `=${tag.value}`}\``]),
  ];
  return parts.join(" ");
}
