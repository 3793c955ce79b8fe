import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { isNode, LineCounter, parseDocument as parseYaml } from "yaml";
import { fileFault } from "../config/file-fault.ts";
import { decodeText, notText } from "../local/decode-text.ts";
import { lazily } from "../model/lazily.ts";
import { parseDocument } from "../policy/document.ts";
import { documentWithin } from "../policy/document-within.ts";
import type { Policy, PolicyKind } from "../policy/model.ts";
import { losesMembers } from "../policy/read-json.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** One document as it came, and where from: `policy.json`, or `all.json[2]` for the third of a list. */
export interface SourceDocument {
  readonly name: string;
  readonly source: unknown;
}

/** The documents of files, folders (every .json in them) and `-` (standard input). Throws a UsageError for what cannot be read. */
export async function readSources(paths: readonly string[], io: Io): Promise<readonly SourceDocument[]> {
  const files = paths.flatMap((path) => (path === "-" ? [path] : expandFolder(resolve(io.cwd, path), path)));
  const documents: SourceDocument[] = [];
  for (const path of files) {
    const text = await readInput(path, io);
    for (const document of splitList(path === "-" ? "standard input" : path, text)) documents.push(document);
  }
  return documents;
}

/** As `readSources`; a boundary that holds no policy is an error, for it would not bound anything. */
export async function readBoundary(
  option: string,
  paths: readonly string[],
  io: Io,
): Promise<readonly SourceDocument[]> {
  const sources = await readSources(paths, io);
  if (sources.length === 0 && paths.length > 0)
    throw new UsageError(`${option}: no policy in ${paths.map((path) => `\`${path}\``).join(", ")}`);
  return sources;
}

function expandFolder(path: string, written: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [written];
    const files = readdirSync(path).filter((name) => name.endsWith(".json"));
    if (files.length === 0) throw new UsageError(`no .json file in the folder \`${written}\``);
    return files.toSorted().map((name) => join(written, name));
  } catch (error) {
    throw cannotRead(written, error);
  }
}

/** The text of a file, or of standard input for `-`. Throws a UsageError that says which could not be read, and why. */
export async function readInput(written: string, io: Io): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = written === "-" ? await readStdin(io) : readFileSync(resolve(io.cwd, written));
  } catch (error) {
    throw cannotRead(written, error);
  }
  try {
    return decodeText(bytes);
  } catch {
    throw new UsageError(`cannot read \`${written}\`: ${notText}`);
  }
}

export function cannotRead(written: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  return new UsageError(`cannot read \`${written}\`: ${fileFault(error)}`);
}

async function readStdin(io: Io): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin ?? process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A file may hold a list of documents, or what the AWS CLI prints around one. */
function splitList(name: string, text: string): readonly SourceDocument[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [{ name, source: text }];
  }
  // Only in the text can a key be seen to stand twice.
  if (losesMembers(text, value)) return [{ name, source: text }];
  if (Array.isArray(value))
    return value.map((item, index) => ({ name: `${name}[${index}]`, source: documentWithin(item).document }));
  const inner = documentWithin(value).document;
  // The text itself where it is the document: errors then have a line.
  return [{ name, source: inner === value ? text : inner }];
}

/** The documents, checked. Throws a UsageError that names every fault with its file and place. */
export function parsePolicies(
  documents: readonly SourceDocument[],
  kind: PolicyKind,
  partition: string,
): readonly Policy[] {
  const faults: string[] = [];
  const policies = documents.flatMap(({ name, source }) => {
    const parsed = parseDocument(source, { kind, partition });
    if (parsed.ok) return [parsed.policy];
    const lineOf = lineFinder(source);
    for (const { place, message } of parsed.errors) {
      faults.push(`${name}${lineOf(place)}: ${place === "" ? "the document" : place} ${message}`);
    }
    return [];
  });
  if (faults.length > 0) throw new UsageError(`not a valid ${kind} policy:\n  ${faults.join("\n  ")}`);
  return policies;
}

/** Tells `:3:12`, where a place stands in a document's text; nothing where that is not known. */
function lineFinder(source: unknown): (place: string) => string {
  if (typeof source !== "string") return () => "";
  const lines = new LineCounter();
  const document = lazily(() => parseYaml(source, { lineCounter: lines, logLevel: "silent" }));
  return (place) => {
    if (place === "") return "";
    const steps = place
      .slice(1)
      .split("/")
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const node: unknown = document().getIn(steps, true);
    if (!isNode(node) || !node.range) return "";
    const { line, col } = lines.linePos(node.range[0]);
    return `:${line}:${col}`;
  };
}

/** What documents are when nobody says: those with principals are trust policies if all is `sts:` and nothing names a resource. */
export function inferKind(documents: readonly SourceDocument[]): PolicyKind {
  const statements = documents.flatMap(({ source }) => {
    const parsed = parseDocument(source);
    return parsed.ok ? parsed.policy.statements : [];
  });
  if (!statements.some((statement) => statement.principals !== undefined)) return "identity";
  const trusts = statements.every(
    ({ resources, actions }) =>
      resources === undefined && actions.patterns.every((pattern) => /^(?:sts:.*|\*)$/i.test(pattern)),
  );
  return trusts ? "trust" : "resource";
}

/** What a bare account id belongs to: the partition of the principals beside it, where that is one. */
export function inferPartition(documents: readonly SourceDocument[]): string {
  const partitions = new Set<string>();
  for (const { source } of documents) {
    // A bare account id is of no partition yet.
    const parsed = parseDocument(source, { partition: "" });
    for (const statement of parsed.ok ? parsed.policy.statements : []) {
      for (const pattern of statement.principals?.patterns ?? []) {
        const written = pattern.type === "everyone" ? undefined : /^arn:([^:]+):/.exec(pattern.id)?.[1];
        if (written !== undefined) partitions.add(written);
      }
    }
  }
  const [only, ...others] = partitions;
  return only !== undefined && others.length === 0 ? only : "aws";
}
