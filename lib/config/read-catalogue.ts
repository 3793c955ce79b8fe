import type { ConfigError } from "../model/config.ts";
import type { Catalogue, Platform, PolicyUse, When } from "./catalogue.ts";
import { platformSchema } from "./catalogue-schema.ts";
import { explainIssues, unknownWord } from "./explain-issues.ts";
import { type LocatedYaml, type Path, readYaml } from "./located-yaml.ts";
import { documentErrors } from "./policy-file.ts";
import { keysOf } from "./schema-keys.ts";
import type { SourceFile } from "./source-file.ts";

export type CatalogueRead =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/** The baselines of `files`, in their order: checked, with all that is wrong in any of them. */
export function readCatalogue(files: readonly SourceFile[]): CatalogueRead {
  const errors: ConfigError[] = [];
  const catalogue: Platform[] = [];
  for (const { file, bytes } of files) {
    const read = readYaml(file, bytes);
    if (!read.ok) {
      errors.push(...read.errors);
      continue;
    }
    const parsed = platformSchema.safeParse(read.yaml.value);
    if (!parsed.success) {
      errors.push(...explainIssues(parsed.error.issues, read.yaml, keysOf(platformSchema)));
      continue;
    }
    const platform = parsed.data as Platform;
    errors.push(...checkPlatform(platform, read.yaml));
    if (catalogue.some((other) => other.platform === platform.platform))
      errors.push({ ...read.yaml.placeOf(["platform"]), message: "another file has this platform" });
    catalogue.push(withPlaces(platform, read.yaml));
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, catalogue };
}

/** What no entry of a configuration asks for is placed in the baseline itself. */
function withPlaces(platform: Platform, yaml: LocatedYaml): Platform {
  const { foreignAccounts, legacyUsers } = platform;
  const placed = <T>(key: string, entries: readonly T[]) =>
    entries.map((entry, index) => ({ ...entry, place: yaml.placeOf([key, index]) }));
  return {
    ...platform,
    ...(foreignAccounts === undefined ? {} : { foreignAccounts: placed("foreignAccounts", foreignAccounts) }),
    ...(legacyUsers === undefined ? {} : { legacyUsers: placed("legacyUsers", legacyUsers) }),
  };
}

/** What the form cannot say: names that must exist, documents that must be valid. */
function checkPlatform(platform: Platform, yaml: LocatedYaml): readonly ConfigError[] {
  const errors: ConfigError[] = [];
  const parameters = Object.keys(platform.parameters);
  const checkWhen = (when: When | undefined, path: Path) => {
    for (const name of Object.keys(when ?? {})) {
      if (!parameters.includes(name))
        errors.push({
          ...yaml.placeOfKey([...path, "when", name]),
          message: unknownWord("parameter", name, parameters),
        });
    }
  };
  const checkUses = (uses: readonly PolicyUse[] | undefined, path: Path) => {
    for (const [index, use] of (uses ?? []).entries()) {
      const here = [...path, index];
      checkWhen(use.when, here);
      if (!Object.hasOwn(platform.policies, use.policy))
        errors.push({
          ...yaml.placeOf([...here, "policy"]),
          message: unknownWord("policy", use.policy, Object.keys(platform.policies)),
        });
    }
  };
  const trusts = new Set(platform.entries.flatMap(({ trust }) => (trust ?? []).map(({ policy }) => policy)));
  for (const [name, { document }] of Object.entries(platform.policies)) {
    const path = ["policies", name, "document"];
    const kind = trusts.has(name) ? "trust" : "identity";
    errors.push(...documentErrors(document, kind, parameters, yaml, path));
  }
  for (const [index, entry] of platform.entries.entries()) {
    const path = ["entries", index];
    checkWhen(entry.when, path);
    checkUses(entry.trust, [...path, "trust"]);
    checkUses(entry.permissions?.required, [...path, "permissions", "required"]);
    checkUses(entry.permissions?.allowed, [...path, "permissions", "allowed"]);
    if (platform.entries.findIndex((other) => other.entry === entry.entry) !== index)
      errors.push({ ...yaml.placeOf([...path, "entry"]), message: "stands twice" });
  }
  if (platform.rolesBy !== undefined && !parameters.includes(platform.rolesBy))
    errors.push({
      ...yaml.placeOf(["rolesBy"]),
      message: unknownWord("parameter", platform.rolesBy, parameters),
    });
  return errors;
}
