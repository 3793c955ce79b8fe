import { matchesPattern } from "../controls/name-pattern.ts";
import type { ExpectedPermissions, PolicyTemplate, Secret, WatchedRole } from "../model/config.ts";
import { type CatalogueEntry, holds, type Platform, type PolicyUse } from "./catalogue.ts";
import type { PlatformEntryInput } from "./config-input.ts";
import type { Context } from "./context.ts";
import type { Path } from "./located-yaml.ts";
import { readDocuments } from "./own-document.ts";
import { commonKeys, selectorOf } from "./role-keys.ts";
import { parseSecret } from "./secret.ts";

const baselineId = (platform: Platform, entry: CatalogueEntry): string =>
  `${platform.platform}/${entry.entry}@${entry.version}`;

/** One role of a platform, as a person configured it, with what the catalogue says of it filled in. */
export function resolvePlatformRole(
  platform: Platform,
  input: PlatformEntryInput,
  role: string | undefined,
  path: Path,
  context: Context,
): WatchedRole | undefined {
  const given = new Map<string, unknown>([
    ...impliedByName(platform, role),
    ...Object.keys(platform.parameters).flatMap((name) =>
      input[name] === undefined ? [] : [[name, input[name]] as const],
    ),
  ]);
  const complete = checkParameters(platform, given, input, path, context);
  const externalId = secretOf(platform, given, path, context);
  const entry = platform.entries.find(({ when }) => holds(when, given));
  if (entry === undefined) {
    if (complete) context.complain(path, `no baseline of ${platform.title} is for these parameters together`);
    return undefined;
  }
  const documents = (uses: readonly PolicyUse[] | undefined): readonly PolicyTemplate[] =>
    (uses ?? [])
      .filter(({ when }) => holds(when, given))
      .flatMap(({ policy }) => {
        const found = platform.policies[policy];
        return found === undefined ? [] : [found.document];
      });
  const [trust] = documents(entry.trust);
  const names = Object.keys(platform.parameters).filter((name) => given.has(name));
  const more = readDocuments(input.allowed, names, [...path, "allowed"], context);
  const assumedBy = given.get(nameOfKind(platform, "role") ?? "");
  const assumedFrom = given.get(nameOfKind(platform, "account") ?? "");
  return {
    platform: platform.platform,
    baseline: baselineId(platform, entry),
    select: selectorOf(input, role),
    parameters: parametersOf(platform, given),
    ...(externalId === undefined ? {} : { externalId }),
    ...(trust === undefined ? {} : { trust }),
    ...(entry.permissions === undefined
      ? {}
      : { permissions: permissionsOf(platform, entry, given, documents, more) }),
    ...(entry.retired === undefined ? {} : { retired: entry.retired }),
    ...(typeof assumedBy === "string" ? { assumedBy } : {}),
    ...(typeof assumedBy === "string" && typeof assumedFrom === "string" ? { assumedFrom } : {}),
    consequences: platform.consequences,
    ...commonKeys(
      input,
      { rule: entry.profile.rule, usual: entry.profile.usual ?? [] },
      entry.severities ?? {},
      path,
      context,
    ),
  };
}

/** The flags that a role's name stands for, where it is one that a platform's document gives. */
function impliedByName(platform: Platform, role: string | undefined): readonly (readonly [string, true])[] {
  if (role === undefined) return [];
  const named = platform.entries.find(({ names }) => names?.some((each) => matchesPattern(each, role)));
  return Object.entries(named?.when ?? {}).flatMap(([name, wanted]) =>
    wanted === true ? [[name, true] as const] : [],
  );
}

function permissionsOf(
  platform: Platform,
  { permissions }: CatalogueEntry,
  given: ReadonlyMap<string, unknown>,
  documents: (uses: readonly PolicyUse[] | undefined) => readonly PolicyTemplate[],
  more: readonly PolicyTemplate[],
): ExpectedPermissions {
  const uses = [...(permissions?.required ?? []), ...(permissions?.allowed ?? [])];
  return {
    mode: permissions?.mode ?? "exactly",
    required: documents(permissions?.required),
    allowed: [...documents(permissions?.allowed), ...more],
    pinned: uses
      .filter(({ when }) => holds(when, given))
      .flatMap(({ policy }) => {
        const { arn, version, document } = platform.policies[policy] ?? {};
        return arn === undefined || document === undefined ? [] : [{ arn, version: version ?? "", document }];
      }),
    passRoleByName: permissions?.passRoleByName ?? false,
    example: permissions?.example ?? false,
  };
}

const nameOfKind = (platform: Platform, kind: string): string | undefined =>
  Object.entries(platform.parameters).find(([, parameter]) => parameter.kind === kind)?.[0];

/** Whether nothing required is missing. A role that should be gone needs no parameters to be looked for. */
function checkParameters(
  platform: Platform,
  given: ReadonlyMap<string, unknown>,
  input: PlatformEntryInput,
  path: Path,
  context: Context,
): boolean {
  let complete = true;
  for (const [name, parameter] of Object.entries(platform.parameters)) {
    if (parameter.required !== true || given.has(name)) continue;
    complete = false;
    if (input.expect === "absent" && parameter.kind === "secret") continue;
    if (!context.misspelled(path)) context.complain(path, `missing \`${name}\`: ${parameter.says}`);
  }
  return complete;
}

function secretOf(
  platform: Platform,
  given: ReadonlyMap<string, unknown>,
  path: Path,
  context: Context,
): Secret | undefined {
  const name = nameOfKind(platform, "secret");
  const written = name === undefined ? undefined : given.get(name);
  if (name === undefined || typeof written !== "string") return undefined;
  const secret = parseSecret(written);
  if (typeof secret !== "string") return secret;
  context.complain([...path, name], secret);
  return undefined;
}

function parametersOf(
  platform: Platform,
  given: ReadonlyMap<string, unknown>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(platform.parameters).flatMap(([name, { kind }]) => {
      const value = given.get(name);
      if (kind === "account") return [[name, typeof value === "string" ? value : "{{account}}"]];
      return kind !== "secret" && typeof value === "string" ? [[name, value]] : [];
    }),
  );
}
