import type { $ZodIssue } from "zod/v4/core";
import type { Compiled, ConfigError, ResolvedConfig, WatchedCluster, WatchedRole } from "../model/config.ts";
import type { Catalogue, Platform } from "./catalogue.ts";
import { resolveClusterEntry } from "./cluster-entry.ts";
import type { ConfigInput, PlatformEntryInput, SuppressionInput } from "./config-input.ts";
import { configSchema } from "./config-schema.ts";
import type { Context } from "./context.ts";
import { explainIssues } from "./explain-issues.ts";
import { type Path, readYaml } from "./located-yaml.ts";
import { resolveOwnRole } from "./own-role.ts";
import { resolvePlatformRole } from "./platform-role.ts";
import { checkControlIds, checkName } from "./role-keys.ts";
import { keysOf } from "./schema-keys.ts";
import type { ReadFile, SourceFile } from "./source-file.ts";

export interface CompileOptions {
  readonly catalogue: Catalogue;
  /** Ids of all controls. */
  readonly controls: readonly string[];
  /** Ids of the controls on Rolecall itself: severities of the whole file may name them, no entry's. */
  readonly selfControls?: readonly string[];
  /** Reads the documents of own roles. */
  readonly read: ReadFile;
  /** Bytes of what no person wrote: an account may hold more than anybody would. */
  readonly most?: number;
}

/**
 * `rolecall.yml` held against the catalogue. Never throws: the answer is a whole configuration, or all
 * that is wrong, in the order of the file.
 */
export function compileConfig(source: SourceFile, options: CompileOptions): Compiled {
  const read = readYaml(source.file, source.bytes, options.most);
  if (!read.ok) return read;
  const { yaml } = read;
  const schema = configSchema(options.catalogue);
  const parsed = schema.safeParse(yaml.value);
  const issues = parsed.success ? [] : parsed.error.issues;
  const errors: ConfigError[] = [...explainIssues(issues, yaml, keysOf(schema))];
  const whole = isMapping(yaml.value) ? (yaml.value as ConfigInput) : {};
  /** Parts of the right form are looked into even when others are wrong. */
  const sound = (path: Path): boolean => !issues.some((issue) => spoils(issue, path));

  const severities = sound(["severities"]) ? (whole.severities ?? {}) : {};
  const context: Context = {
    ...options,
    severities,
    placeOf: (path) => yaml.placeOf(path),
    complain: (path, message, at) => {
      errors.push({ ...(at === "key" ? yaml.placeOfKey(path) : yaml.placeOf(path)), message });
    },
    complainElsewhere: (place, message) => {
      errors.push({ ...place, message });
    },
    misspelled: (path) =>
      issues.some((issue) => issue.code === "unrecognized_keys" && same(issue.path, path)),
  };
  const severityKeys = isMapping(whole.severities) ? Object.keys(whole.severities) : [];
  const everyControl = [...options.controls, ...(options.selfControls ?? [])];
  checkControlIds(severityKeys, ["severities"], { ...context, controls: everyControl }, "key");

  const roles: WatchedRole[] = [];
  const ofClusters = new Set<WatchedRole>();
  const clusters: WatchedCluster[] = [];
  const configured: Platform[] = [];
  for (const platform of options.catalogue) {
    const path = ["platforms", platform.platform];
    const entries = isMapping(whole.platforms) ? whole.platforms[platform.platform] : undefined;
    if (!Array.isArray(entries)) continue;
    configured.push(platform);
    for (const [index, entry] of (entries as readonly PlatformEntryInput[]).entries()) {
      const here = [...path, index];
      checkRoleName(entry, here, context);
      if (!sound(here)) continue;
      if (entry.cluster === undefined) roles.push(...resolveRoleEntry(platform, entry, here, context));
      else {
        const resolved = resolveClusterEntry(platform, entry, here, context);
        clusters.push(resolved.cluster);
        for (const role of resolved.roles) {
          roles.push(role);
          ofClusters.add(role);
        }
      }
    }
  }
  for (const [index, own] of (Array.isArray(whole.roles) ? whole.roles : []).entries()) {
    checkRoleName(own, ["roles", index], context);
    if (sound(["roles", index])) roles.push(resolveOwnRole(own, ["roles", index], context));
  }
  const watched = withoutTwins(roles, ofClusters, context);
  const suppressions = sound(["suppressions"]) ? (whole.suppressions ?? []) : [];
  checkSuppressions(suppressions, context);

  if (errors.length > 0) return { ok: false, errors: inOrder(errors) };
  const config: ResolvedConfig = {
    version: 1,
    roles: watched,
    clusters,
    ...catalogueWide(options.catalogue, configured, severities),
    suppressions: suppressions.map(({ finding, owner, reason, until }, index) => {
      const [id = "", digest = ""] = finding.split("@");
      return { id, digest, owner, reason, until, place: yaml.placeOf(["suppressions", index]) };
    }),
    severities,
    ...(whole.alerts === undefined ? {} : { alerts: whole.alerts }),
  };
  return { ok: true, config };
}

/** Looked at even where the rest of an entry is wrong. */
function checkRoleName(entry: unknown, path: Path, context: Context): void {
  if (isMapping(entry) && typeof entry["role"] === "string")
    checkName(entry["role"], [...path, "role"], context);
}

function resolveRoleEntry(
  platform: Platform,
  entry: PlatformEntryInput,
  path: Path,
  context: Context,
): readonly WatchedRole[] {
  const clusterOnly = ["without", "requiredTags", "profiles", "graceSeconds", "capaName", "roles"] as const;
  for (const key of clusterOnly) {
    if (platform.clusters === true && entry[key] !== undefined)
      context.complain([...path, key], `\`${key}\` belongs to a \`cluster\``, "key");
  }
  if (entry.role === undefined && entry.path === undefined && entry.tag === undefined) {
    if (!context.misspelled(path)) {
      const or = platform.clusters === true ? ", or `cluster`" : "";
      context.complain(path, `missing \`role\`: which role this is about${or}`);
    }
    return [];
  }
  const role = resolvePlatformRole(platform, entry, entry.role, path, context);
  return role === undefined ? [] : [role];
}

/** What the catalogue watches for whatever is configured, and what it watches once a platform is. */
function catalogueWide(
  catalogue: Catalogue,
  configured: readonly Platform[],
  severities: ResolvedConfig["severities"],
): Pick<ResolvedConfig, "foreignAccounts" | "legacyUsers"> {
  const of = ({ platform }: Platform) => ({ platform, baseline: `${platform}/account@1`, severities });
  return {
    foreignAccounts: catalogue.flatMap((p) =>
      (p.foreignAccounts ?? []).map((each) => ({ ...of(p), ...each })),
    ),
    legacyUsers: configured.flatMap((p) => (p.legacyUsers ?? []).map((each) => ({ ...of(p), ...each }))),
  };
}

/**
 * Two entries of a platform for one role would give one finding two meanings. Clusters may share their
 * nodes' roles, as long as these are held to the same.
 */
function withoutTwins(
  roles: readonly WatchedRole[],
  ofClusters: ReadonlySet<WatchedRole>,
  context: Context,
): readonly WatchedRole[] {
  const seen = new Map<string, WatchedRole>();
  const content = ({ place: _place, ...rest }: WatchedRole) => JSON.stringify(rest);
  for (const role of roles) {
    const key = JSON.stringify([role.platform, role.select]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, role);
    else if (!(ofClusters.has(first) || ofClusters.has(role)) || content(first) !== content(role))
      context.complainElsewhere(
        role.place,
        `\`${role.select.name ?? role.baseline}\` is already watched in line ${first.place.line}`,
      );
  }
  return [...seen.values()];
}

function checkSuppressions(suppressions: readonly SuppressionInput[], context: Context): void {
  const seen = new Set<string>();
  for (const [index, { finding, until }] of suppressions.entries()) {
    const path = ["suppressions", index];
    if (seen.has(finding)) context.complain([...path, "finding"], "stands twice");
    seen.add(finding);
    if (!isDay(until))
      context.complain([...path, "until"], "expected a day that exists, such as `2027-01-31`");
  }
}

const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether an issue leaves what stands at `path` unfit to look into. */
function spoils(issue: $ZodIssue, path: Path): boolean {
  if (issue.code === "unrecognized_keys") return false;
  return startsWith(issue.path, path) || startsWith(path, issue.path);
}

const startsWith = (long: readonly PropertyKey[], short: readonly PropertyKey[]): boolean =>
  short.every((step, index) => long[index] === step);

const same = (a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean =>
  a.length === b.length && startsWith(a, b);

/** As a person reads the file, each fault once. */
function inOrder(errors: readonly ConfigError[]): readonly ConfigError[] {
  const once = new Map(errors.map((e) => [JSON.stringify(e), e]));
  return [...once.values()].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}
