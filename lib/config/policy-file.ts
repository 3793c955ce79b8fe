import { fillTemplate, namesIn } from "../controls/fill-template.ts";
import type { ConfigError, PolicyTemplate } from "../model/config.ts";
import { parseDocument } from "../policy/document.ts";
import { documentWithin } from "../policy/document-within.ts";
import type { PolicyKind } from "../policy/model.ts";
import { unknownWord } from "./explain-issues.ts";
import { type LocatedYaml, type Path, readYaml } from "./located-yaml.ts";
import type { SourceFile } from "./source-file.ts";

/** Values of the right form, to check a document with before the real ones are known. */
const samples: Readonly<Record<string, string>> = {
  account: "123456789012",
  partition: "aws",
  region: "eu-west-1",
  externalId: "example",
  trustedAccount: "123456789012",
};

/** What is wrong with a document, with `{{name}}`s among the known ones, at `path` of a file. */
export function documentErrors(
  document: PolicyTemplate,
  kind: PolicyKind,
  parameters: readonly string[],
  yaml: Pick<LocatedYaml, "placeOf">,
  path: Path,
): readonly ConfigError[] {
  const known = ["account", "partition", ...parameters];
  const unknown = [...namesIn(document)].filter((name) => !known.includes(name));
  const values = new Map(known.map((name) => [name, samples[name] ?? "example"]));
  const parsed = parseDocument(fillTemplate(document, values), { kind });
  return [
    ...unknown.map((name) => ({
      ...yaml.placeOf([...path, ...(pathOf(document, `{{${name}}}`) ?? [])]),
      message: unknownWord("name", name, known),
    })),
    ...(parsed.ok ? [] : parsed.errors).map(({ place, message }) => ({
      ...yaml.placeOf([...path, ...pointerSteps(place)]),
      message: place === "" ? message : `${place}: ${message}`,
    })),
  ];
}

/** Where in a document a text stands. */
function pathOf(value: unknown, text: string): Path | undefined {
  if (typeof value === "string") return value.includes(text) ? [] : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inside] of Object.entries(value)) {
    const path = pathOf(inside, text);
    if (path !== undefined) return [Array.isArray(value) ? Number(key) : key, ...path];
  }
  return undefined;
}

const pointerSteps = (pointer: string): readonly string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

export type PolicyRead =
  | { readonly ok: true; readonly document: PolicyTemplate }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/** A policy document in a file of its own, JSON or YAML, as it is or as the AWS CLI prints it. */
export function readPolicyFile(
  { file, bytes }: SourceFile,
  kind: PolicyKind,
  parameters: readonly string[],
): PolicyRead {
  const read = readYaml(file, bytes);
  if (!read.ok) return read;
  const { path, document: value } = documentWithin(read.yaml.value);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return {
      ok: false,
      errors: [{ ...read.yaml.placeOf(path), message: "expected a policy document: a mapping" }],
    };
  const document = value as PolicyTemplate;
  const errors = documentErrors(document, kind, parameters, read.yaml, path);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, document };
}
