import type { ExpectedPermissions, PolicyTemplate, WatchedRole } from "../model/config.ts";
import type { OwnRoleInput } from "./config-input.ts";
import type { Context } from "./context.ts";
import type { Path } from "./located-yaml.ts";
import { readDocument, readDocuments } from "./own-document.ts";
import { commonKeys, selectorOf } from "./role-keys.ts";
import { parseSecret } from "./secret.ts";

/** A role with a baseline of its owner's. */
export function resolveOwnRole(input: OwnRoleInput, path: Path, context: Context): WatchedRole {
  const externalId = input.externalId === undefined ? undefined : parseSecret(input.externalId);
  if (typeof externalId === "string") context.complain([...path, "externalId"], externalId);
  if (
    input.role === undefined &&
    input.tag === undefined &&
    input.path === undefined &&
    !context.misspelled(path)
  )
    context.complain(path, "missing `role`: which role this is about, or `path` or `tag`");
  const names = externalId === undefined ? [] : ["externalId"];
  const trust =
    input.trust === undefined
      ? undefined
      : readDocument(input.trust, "trust", names, [...path, "trust"], context);
  const permissions = permissionsOf(input, [...path, "permissions"], context);
  return {
    platform: "custom",
    baseline: `custom/${input.name ?? input.role ?? input.path ?? input.tag?.key ?? ""}`,
    select: selectorOf(input, input.role),
    parameters: {},
    ...(typeof externalId === "object" ? { externalId } : {}),
    ...(trust === undefined ? {} : { trust }),
    ...(permissions === undefined ? {} : { permissions }),
    ...(input.assumedBy === undefined ? {} : { assumedBy: input.assumedBy }),
    consequences: [],
    ...commonKeys(input, { rule: "any", usual: [] }, {}, path, context),
  };
}

function permissionsOf(
  { permissions }: OwnRoleInput,
  path: Path,
  context: Context,
): ExpectedPermissions | undefined {
  if (permissions === undefined) return undefined;
  const read = (key: keyof typeof permissions): readonly PolicyTemplate[] =>
    readDocuments(permissions[key], [], [...path, key], context);
  const modes = (["exactly", "atMost", "atLeast"] as const).filter((mode) => permissions[mode] !== undefined);
  const [mode, ...more] = modes;
  if (mode === undefined || more.length > 0)
    context.complain(path, "expected one of `exactly`, `atMost` and `atLeast`");
  return {
    mode: mode ?? "exactly",
    required: mode === undefined ? [] : read(mode),
    allowed: read("allowed"),
    pinned: [],
    passRoleByName: false,
    example: false,
  };
}
