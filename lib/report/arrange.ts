/**
 * What belongs together in two values that stand beside each other, whatever their order. For looking at
 * only: it decides nothing.
 */
const maxDepth = 40;
/** Likeness is looked for pair by pair, so long lists stay in their order. */
const maxItems = 60;

export type Pair = readonly [unknown, unknown];

/** Two lists, or a list and the one entry that IAM takes for a list of one. */
export function asLists(
  first: unknown,
  second: unknown,
): readonly [readonly unknown[], readonly unknown[]] | undefined {
  if (Array.isArray(first) && Array.isArray(second)) return [first, second];
  if (Array.isArray(first) && second !== undefined && second !== null) return [first, [second]];
  if (Array.isArray(second) && first !== undefined && first !== null) return [[first], second];
  return undefined;
}

/** Each item of the first list with its likest in the second; what has none stands alone. */
export function pairItems(first: readonly unknown[], second: readonly unknown[]): readonly Pair[] {
  const rest = [...second];
  const within = first.length <= maxItems && second.length <= maxItems;
  const pairs = first.map((item): Pair => {
    const index = within ? likest(item, rest) : rest.length > 0 ? 0 : -1;
    return index === -1 ? [item, undefined] : [item, rest.splice(index, 1)[0]];
  });
  return [...pairs, ...rest.map((item): Pair => [undefined, item])];
}

/** A value whose lists of words are sorted. */
export function ordered(value: unknown, depth = 0): unknown {
  if (depth > maxDepth) return value;
  if (Array.isArray(value))
    return value.every(isText) ? sorted(value) : value.map((item) => ordered(item, depth + 1));
  if (!isRecord(value)) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, ordered(item, depth + 1)]));
}

/** A document that stands as its JSON text. */
export function decoded(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Index of the item that shares most words with `item`; -1 where none shares any. */
function likest(item: unknown, among: readonly unknown[]): number {
  const own = wordsOf(item);
  let best = -1;
  let bestScore = 0;
  for (const [index, other] of among.entries()) {
    const theirs = wordsOf(other);
    let common = 0;
    for (const word of own) if (theirs.has(word)) common += 1;
    const score = common / Math.max(1, own.size + theirs.size - common);
    if (score > bestScore) [best, bestScore] = [index, score];
  }
  return best;
}

function wordsOf(value: unknown, words = new Set<string>(), depth = 0): Set<string> {
  if (typeof value !== "object" || value === null) words.add(String(value).toLowerCase());
  else if (depth < maxDepth) {
    const items = Object.values(value);
    if (items.length === 0) words.add(Array.isArray(value) ? "[]" : "{}");
    for (const item of items) wordsOf(item, words, depth + 1);
  }
  return words;
}

export const isText = (value: unknown): value is string => typeof value === "string";

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const sorted = (words: readonly string[]): readonly string[] =>
  words.toSorted((a, b) => {
    const [x, y] = [a.toLowerCase(), b.toLowerCase()];
    return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0;
  });
