import type { $ZodIssue } from "zod/v4/core";
import type { ConfigError } from "../model/config.ts";
import { nearestWord } from "../model/nearest-word.ts";
import { unseen } from "../model/unseen.ts";
import type { LocatedYaml, Path } from "./located-yaml.ts";

/** What was expected at a path, for the keys and values that a person may have misspelled. */
export type KnownKeys = (path: Path) => readonly string[];

/** What a schema found wrong, each with file, line, column, what was expected and the nearest right word. */
export function explainIssues(
  issues: readonly $ZodIssue[],
  yaml: LocatedYaml,
  knownKeys: KnownKeys,
): readonly ConfigError[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== "symbol");
    if (issue.code === "unrecognized_keys") {
      const known = knownKeys(path);
      return issue.keys.map((key) => ({
        ...yaml.placeOfKey([...path, key]),
        message: unknownWord("key", key, known),
      }));
    }
    const place = yaml.placeOf(path);
    if (issue.code === "invalid_value") {
      const words = issue.values.map(String);
      const value = valueAt(yaml.value, path);
      if (typeof value === "string") return [{ ...place, message: unknownWord("value", value, words) }];
      const written = typeof value === "number" ? `, found \`${value}\`` : found(value);
      return [{ ...place, message: `expected ${listOf(words)}${written}` }];
    }
    if (issue.code === "invalid_type") {
      const value = valueAt(yaml.value, path);
      if (value === undefined) {
        const missing = path.at(-1);
        return [{ ...place, message: `missing \`${String(missing)}\`: expected ${kindOf(issue.expected)}` }];
      }
      const own = issue.message.startsWith("expected") ? issue.message : `expected ${kindOf(issue.expected)}`;
      return [{ ...place, message: `${own}${found(value)}` }];
    }
    return [{ ...place, message: tooSmall(issue) ?? lower(issue.message) }];
  });
}

/** What is empty or less than it may be, where the schema's own words do not say so. */
function tooSmall(issue: $ZodIssue): string | undefined {
  if (issue.code !== "too_small" || /\d/.test(issue.message)) return undefined;
  const own = issue.message.startsWith("expected") ? issue.message : `expected ${kindOf(issue.origin)}`;
  return issue.origin === "string" || issue.origin === "array"
    ? `${own} that is not empty`
    : `${own}, at least ${issue.minimum}`;
}

/** ``unknown key `x`, did you mean `y`?`` or, when nothing is near, what there is to choose from. */
export function unknownWord(kind: string, written: string, known: readonly string[]): string {
  const near = nearestWord(written, known) ?? begun(written, known);
  const head = `unknown ${kind} \`${show(written)}\``;
  if (near !== undefined) return `${head}, did you mean \`${near}\`?`;
  return known.length === 0 ? head : `${head}: expected ${listOf(known)}`;
}

/** The word that was begun, or written on. */
function begun(written: string, known: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  if (lower.length < 3) return undefined;
  return known.find((word) => word.toLowerCase().startsWith(lower) || lower.startsWith(word.toLowerCase()));
}

const listOf = (words: readonly string[]): string => {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
};

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};
const kindOf = (expected: string): string => kinds[expected] ?? expected;

function found(value: unknown): string {
  if (value === null) return ", found nothing";
  if (Array.isArray(value)) return ", found a list";
  if (typeof value === "object") return ", found a mapping";
  if (typeof value === "string") return ", found a text";
  return value === undefined ? "" : `, found ${typeof value === "boolean" ? String(value) : "a number"}`;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/** A word of a file made fit to stand in a message: what a screen obeys or does not show is seen in it. */
const show = (text: string): string =>
  (text.length > 80 ? `${text.slice(0, 77)}…` : text).replace(hidden, "�");
const hidden = new RegExp(`[${unseen}\`]`, "gu");

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
