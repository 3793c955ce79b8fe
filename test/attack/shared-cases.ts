import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { PolicyKind } from "../../lib/policy/model.ts";
import { type Case, listOf, statementsOf } from "./case.ts";
import type { Json } from "./corpus.ts";

const folder = resolve(process.env["ROLECALL_SHARED"] ?? "../shared", "pairs");

/** Pairs of real policies, where a checkout has them beside it; else none. */
export function sharedCases(): readonly Case[] {
  const pair = (name: string, kind: PolicyKind, first: unknown, second: unknown): Case => {
    const side = (documents: unknown) => ({ documents: listOf<Json>(documents as Json | readonly Json[]) });
    return { name, kind, first: side(first), second: side(second), known: "nothing" };
  };
  return [
    ...sharedLines("aws-pairs.jsonl").map((row) =>
      pair(String(row["case"]), row["kind"] as PolicyKind, row["reference"], row["candidate"]),
    ),
    ...sharedLines("quacky-pairs.jsonl").map((row) => {
      const item = pair(String(row["second_path"]), "identity", row["first"], row["second"]);
      return hasPrincipals(item) ? { ...item, kind: "resource" as const } : item;
    }),
    ...sharedLines("managed-versions.jsonl.gz").map((row) =>
      pair(String(row["policy"]), "identity", row["old"], row["new"]),
    ),
  ];
}

const hasPrincipals = ({ first, second }: Case): boolean =>
  [...first.documents, ...second.documents]
    .flatMap(statementsOf)
    .some((statement) => Object.keys(statement).some((element) => element.endsWith("Principal")));

/** The lines of one file of pairs; none where it is not there. */
export function sharedLines(file: string): readonly Json[] {
  const path = resolve(folder, file);
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Json);
}
