import { readFileSync } from "node:fs";
import { fileFault } from "../config/file-fault.ts";
import { faultInWords, findFault } from "../policy/json-text.ts";
import { decodeText, notText } from "./decode-text.ts";

export type ReadFile =
  | { readonly at: "found"; readonly value: unknown }
  | { readonly at: "absent" }
  /** A sentence without the file's name: why it cannot be used, and where. */
  | { readonly at: "bad"; readonly reason: string };

/** The JSON in a file, whatever a shell made of its encoding: UTF-8 or UTF-16, with or without a mark. */
export function readJsonFile(path: string): ReadFile {
  const read = readTextFile(path);
  if (read.at !== "found") return read;
  try {
    return { at: "found", value: JSON.parse(read.text) };
  } catch {
    return { at: "bad", reason: jsonFault(read.text) };
  }
}

/** The text of a file; a file that cannot be read is told in a sentence, never thrown. */
function readTextFile(path: string): Exclude<ReadFile, { at: "found" }> | { at: "found"; text: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return code === "ENOENT"
      ? { at: "absent" }
      : { at: "bad", reason: `it cannot be read: ${fileFault(error)}` };
  }
  try {
    return { at: "found", text: decodeText(bytes) };
  } catch {
    return { at: "bad", reason: notText };
  }
}

function jsonFault(text: string): string {
  if (text.trim() === "") return "it is empty: the command that wrote it may have failed";
  // What the CLI says when it fails, where the shell sent both of its outputs to the file.
  const refusal = /^\s*(An error occurred \(\w+\).{0,300})/.exec(text)?.[1];
  if (refusal !== undefined) return `it holds an error of the AWS CLI: ${refusal.trim()}`;
  const fault = findFault(text, Number.MAX_SAFE_INTEGER);
  return fault === undefined
    ? "it is not JSON: save it with `--output json`"
    : `it is not JSON: ${faultInWords(fault)}`;
}
