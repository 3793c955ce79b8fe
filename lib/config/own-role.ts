import type { ExpectedPermissions, PolicyTemplate, WatchedRole } from "../model/config.ts";
import type { PolicyKind } from "../policy/model.ts";
import type { DocumentInput, OwnRoleInput } from "./config-input.ts";
import type { Context } from "./context.ts";
import type { Path } from "./located-yaml.ts";
import { documentErrors, readPolicyFile } from "./policy-file.ts";
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
  const read = (key: keyof typeof permissions): readonly PolicyTemplate[] => {
    const written = permissions[key];
    if (written === undefined) return [];
    const at = [...path, key];
    if (!isList(written)) return [readDocument(written, "identity", [], at, context) ?? {}];
    return written.map((each, i) => readDocument(each, "identity", [], [...at, i], context) ?? {});
  };
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
  };
}

const isList = (written: DocumentInput | readonly DocumentInput[]): written is readonly DocumentInput[] =>
  Array.isArray(written);

/** A document that stands in the configuration itself, or in a file beside it. */
function readDocument(
  written: DocumentInput,
  kind: PolicyKind,
  names: readonly string[],
  path: Path,
  context: Context,
): PolicyTemplate | undefined {
  if (typeof written !== "string") {
    for (const { message, ...place } of documentErrors(written, kind, names, context, path))
      context.complainElsewhere(place, message);
    return written;
  }
  const bytes = context.read(written);
  if (bytes === undefined) {
    context.complain(path, `expected a file that can be read, relative to this one: \`${written}\``);
    return undefined;
  }
  const read = readPolicyFile({ file: written, bytes }, kind, names);
  if (read.ok) return read.document;
  for (const { message, ...place } of read.errors) context.complainElsewhere(place, message);
  return undefined;
}
