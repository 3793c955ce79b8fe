import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseDocument } from "../lib/policy/document.ts";
import type { PolicyKind, PolicySet } from "../lib/policy/model.ts";

export interface SetPair {
  readonly first: PolicySet;
  readonly second: PolicySet;
}

const folder = resolve(process.env["ROLECALL_SHARED"] ?? "../shared", "pairs");

/** The lines of a file of labelled pairs; undefined where the folder is not on this machine. */
export function sharedLines(file: string): readonly Record<string, unknown>[] | undefined {
  const path = resolve(folder, file);
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** One side of a pair, out of a document or a list of them. Throws for what is not a policy. */
export function policySet(kind: PolicyKind, documents: unknown): PolicySet {
  const list = Array.isArray(documents) ? documents : [documents];
  return {
    kind,
    documents: list.map((document) => {
      const parsed = parseDocument(document, { kind });
      if (!parsed.ok)
        throw new Error(parsed.errors.map(({ place, message }) => `${place} ${message}`).join("; "));
      return parsed.policy;
    }),
  };
}
