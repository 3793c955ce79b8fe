import { alignLines, hunk, type Row } from "./align-lines.ts";
import { asLists, decoded, isRecord, isText, ordered, pairItems, sorted } from "./arrange.ts";
import { inOrder, prettyLines, scalarLine } from "./pretty.ts";

const maxDepth = 40;
const maxRows = 3000;

/** What was expected and what was seen, line by line: what belongs together stands in the same rows. */
export function sideBySide(expected: unknown, actual: unknown): readonly Row[] {
  const rows: Row[] = [];
  walk({ label: "", indent: "", depth: 0 }, decoded(expected), decoded(actual), rows);
  if (rows.length <= maxRows) return rows;
  const more = `… ${rows.length - maxRows} more lines`;
  return [...rows.slice(0, maxRows), { left: more, right: more, kind: "same" }];
}

/** Whether there is anything to show side by side. */
export const hasSides = (expected: unknown, actual: unknown): boolean =>
  !isEmpty(expected) || !isEmpty(actual);

const isEmpty = (value: unknown): boolean => value === undefined || value === null;

interface Place {
  readonly label: string;
  readonly indent: string;
  readonly depth: number;
}

function walk(place: Place, first: unknown, second: unknown, rows: Row[]): void {
  if (rows.length > maxRows) return;
  const lists = place.depth < maxDepth ? asLists(first, second) : undefined;
  if (lists !== undefined && lists[0].length + lists[1].length > 0) {
    within(place, "[", "]", rows, (inner) => listRows(inner, lists[0], lists[1], rows));
  } else if (
    place.depth < maxDepth &&
    isRecord(first) &&
    isRecord(second) &&
    sizeOf(first) + sizeOf(second) > 0
  ) {
    within(place, "{", "}", rows, (inner) => recordRows(inner, first, second, rows));
  } else {
    const [left, right] = [linesOf(place, first), linesOf(place, second)];
    for (const row of left.join() === right.join() ? alignLines(left, right) : hunk(left, right))
      rows.push(row);
  }
}

function within(
  { label, indent, depth }: Place,
  open: string,
  close: string,
  rows: Row[],
  inside: (inner: Omit<Place, "label">) => void,
): void {
  const both = (line: string): Row => ({ left: line, right: line, kind: "same" });
  rows.push(both(`${indent}${label}${open}`));
  inside({ indent: `${indent}  `, depth: depth + 1 });
  rows.push(both(`${indent}${close}`));
}

function listRows(
  inner: Omit<Place, "label">,
  first: readonly unknown[],
  second: readonly unknown[],
  rows: Row[],
): void {
  if (first.every(isText) && second.every(isText)) {
    const lines = (words: readonly string[]) => sorted(words).map((word) => scalarLine(inner.indent, word));
    for (const row of alignLines(lines(first), lines(second))) rows.push(row);
    return;
  }
  for (const [a, b] of pairItems(first, second)) walk({ ...inner, label: "" }, a, b, rows);
}

function recordRows(
  inner: Omit<Place, "label">,
  first: Readonly<Record<string, unknown>>,
  second: Readonly<Record<string, unknown>>,
  rows: Row[],
): void {
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  const entries = [...keys].map((key): readonly [string, unknown] => [key, undefined]);
  const of = (record: Readonly<Record<string, unknown>>, key: string): unknown =>
    Object.hasOwn(record, key) ? record[key] : undefined;
  for (const [key] of inOrder(entries))
    walk({ ...inner, label: `${JSON.stringify(key)}: ` }, of(first, key), of(second, key), rows);
}

const sizeOf = (record: object): number => Object.keys(record).length;

/** Nothing where a side has no such value. */
const linesOf = ({ label, indent }: Place, value: unknown): readonly string[] =>
  value === undefined ? [] : prettyLines(ordered(value), indent, label);
