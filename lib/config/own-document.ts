import type { PolicyTemplate } from "../model/config.ts";
import type { PolicyKind } from "../policy/model.ts";
import type { DocumentInput } from "./config-input.ts";
import type { Context } from "./context.ts";
import type { Path } from "./located-yaml.ts";
import { documentErrors, readPolicyFile } from "./policy-file.ts";

/** Permissions that a person wrote: one document or several. `names` are those its `{{name}}`s may have. */
export function readDocuments(
  written: DocumentInput | readonly DocumentInput[] | undefined,
  names: readonly string[],
  path: Path,
  context: Context,
): readonly PolicyTemplate[] {
  if (written === undefined) return [];
  if (!isList(written)) return [readDocument(written, "identity", names, path, context) ?? {}];
  return written.map((each, i) => readDocument(each, "identity", names, [...path, i], context) ?? {});
}

const isList = (written: DocumentInput | readonly DocumentInput[]): written is readonly DocumentInput[] =>
  Array.isArray(written);

/** A document that stands in the configuration itself, or in a file beside it. */
export function readDocument(
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
    context.complain(
      path,
      written.startsWith("arn:")
        ? `expected a document or the path of a file with one, not an ARN: \`aws iam get-policy-version\` prints the document of \`${written}\``
        : `expected a file that can be read, relative to this one: \`${written}\``,
    );
    return undefined;
  }
  const read = readPolicyFile({ file: written, bytes }, kind, names);
  if (read.ok) return read.document;
  for (const { message, ...place } of read.errors) context.complainElsewhere(place, message);
  return undefined;
}
