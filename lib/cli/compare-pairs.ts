import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { visible } from "../model/visible.ts";
import type { ExistingActions } from "../policy/actions/existing-actions.ts";
import { loadActions } from "../policy/actions/load-actions.ts";
import { compare } from "../policy/compare.ts";
import type { PolicyKind } from "../policy/model.ts";
import { losesMembers, readJson } from "../policy/read-json.ts";
import { comparisonExit, comparisonJson } from "./compare-text.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import {
  cannotRead,
  inferKind,
  inferPartition,
  parsePolicies,
  type SourceDocument,
} from "./read-policies.ts";
import { UsageError } from "./usage-error.ts";

/** Compares line by line, in order; a line that cannot be compared says so in its place and the rest goes on. */
export async function comparePairs(
  path: string,
  usualKind: PolicyKind | undefined,
  io: Io,
): Promise<ExitCode> {
  const usual: Usual = { actions: await loadActions(), kind: usualKind };
  const seen = new Set<ExitCode>();
  let number = 0;
  try {
    for await (const line of readLines(path, io)) {
      number++;
      if (line.trim() === "") continue;
      const { answer, exit } = answerLine(number === 1 ? line.replace(/^\ufeff/, "") : line, number, usual);
      seen.add(exit);
      io.out(`${JSON.stringify(answer)}\n`);
    }
  } catch (error) {
    throw cannotRead(path, error);
  }
  if (seen.size === 0) io.err(`rolecall compare: \`${visible(path)}\` holds no pairs.\n`);
  return (
    [exitCode.usage, exitCode.findings, exitCode.unsure].find((code) => seen.has(code)) ?? exitCode.clean
  );
}

function readLines(path: string, io: Io): AsyncIterable<string> {
  const bytes =
    path === "-" ? Readable.from(io.stdin ?? process.stdin) : createReadStream(resolve(io.cwd, path));
  if (!path.endsWith(".gz")) return createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY });
  const plain = createGunzip();
  bytes.on("error", (error: Error) => plain.destroy(error));
  return createInterface({ input: bytes.pipe(plain), crlfDelay: Number.POSITIVE_INFINITY });
}

/** What is the same for every line. */
interface Usual {
  readonly actions: ExistingActions;
  /** The kind of a line that does not say; told from its documents when undefined. */
  readonly kind: PolicyKind | undefined;
}

interface Answer {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly exit: ExitCode;
}

/** A line without an id is answered under its number. */
function answerLine(line: string, number: number, usual: Usual): Answer {
  let id: unknown = number;
  try {
    const pair = parseLine(line);
    id = pair["id"] ?? number;
    const [first, second] = [sourcesOf(pair, "first"), sourcesOf(pair, "second")];
    const kind = kindOf(pair["kind"]) ?? usual.kind ?? inferKind([...first, ...second]);
    const partition = kind === "identity" ? "aws" : inferPartition([...first, ...second]);
    const [one, other] = [
      { kind, documents: parsePolicies(first, kind, partition) },
      { kind, documents: parsePolicies(second, kind, partition) },
    ];
    const start = performance.now();
    const comparison = compare(one, other, { actions: usual.actions });
    const ms = Number((performance.now() - start).toFixed(3));
    return { answer: { id, ...comparisonJson(comparison), ms }, exit: comparisonExit(comparison) };
  } catch (error) {
    if (error instanceof UsageError) return { answer: { id, error: error.message }, exit: exitCode.usage };
    const message = error instanceof Error ? error.message : String(error);
    return {
      answer: { id, error: `a defect of Rolecall, nothing was concluded: ${message}` },
      exit: exitCode.usage,
    };
  }
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError("the line is not JSON");
  }
  if (losesMembers(line, value)) {
    const read = readJson(line);
    throw new UsageError(read.ok ? "a key stands twice" : `${read.error.place}: ${read.error.message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError('the line is not an object {"id","kind","first","second"}');
  }
  return value as Readonly<Record<string, unknown>>;
}

function sourcesOf(
  pair: Readonly<Record<string, unknown>>,
  side: "first" | "second",
): readonly SourceDocument[] {
  const value = pair[side];
  if (value === undefined) throw new UsageError(`\`${side}\` is missing`);
  if (!Array.isArray(value)) return [{ name: side, source: value }];
  return value.map((source: unknown, index) => ({ name: `${side}[${index}]`, source }));
}

function kindOf(written: unknown): PolicyKind | undefined {
  if (written === undefined || written === null) return undefined;
  if (written === "identity" || written === "trust" || written === "resource") return written;
  throw new UsageError("`kind` is none of identity, trust, resource");
}
