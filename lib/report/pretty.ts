/**
 * Values of `expected` and `actual` as lines of indented JSON, bounded in depth and length: they come
 * from documents that others wrote.
 */
const maxDepth = 40;
const maxLines = 1500;
const maxLineLength = 2000;

/** The order in which people write policies; other keys follow as they stand. */
const keyOrder = [
  "Version",
  "Id",
  "Statement",
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/** Lines without trailing commas, so that the last entry of a list differs from the others in nothing. */
export function prettyLines(value: unknown, indent = "", label = ""): readonly string[] {
  const lines: string[] = [];
  write(value, label, indent, 0, lines);
  if (lines.length <= maxLines) return lines;
  return [...lines.slice(0, maxLines), `… ${lines.length - maxLines} more lines`];
}

function write(value: unknown, label: string, indent: string, depth: number, lines: string[]): void {
  if (typeof value !== "object" || value === null) {
    lines.push(scalarLine(indent, value, label));
    return;
  }
  const list = Array.isArray(value);
  const entries: readonly (readonly [string, unknown])[] = list
    ? value.map((item): readonly [string, unknown] => ["", item])
    : inOrder(value instanceof Map ? [...value].map(([k, v]) => [String(k), v]) : Object.entries(value));
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0 || depth === maxDepth) {
    lines.push(cut(`${indent}${label}${open}${entries.length === 0 ? "" : " … "}${close}`));
    return;
  }
  lines.push(cut(`${indent}${label}${open}`));
  for (const [key, item] of entries) {
    write(item, list ? "" : `${JSON.stringify(key)}: `, `${indent}  `, depth + 1, lines);
  }
  lines.push(`${indent}${close}`);
}

/** A value that is no list and no object, as its one line. */
export const scalarLine = (indent: string, value: unknown, label = ""): string =>
  cut(`${indent}${label}${scalar(value)}`);

const scalar = (value: unknown): string => JSON.stringify(value) ?? "null";

const cut = (line: string): string =>
  line.length <= maxLineLength ? line : `${line.slice(0, maxLineLength)}…`;

export const inOrder = (
  entries: readonly (readonly [string, unknown])[],
): readonly (readonly [string, unknown])[] => entries.toSorted(([a], [b]) => place(a) - place(b));

function place(key: string): number {
  const index = keyOrder.indexOf(key);
  return index === -1 ? keyOrder.length : index;
}
