/**
 * Puts two values into a common order, so that what stands side by side belongs together: lists of
 * words are sorted, the items of the second list follow their likest in the first. For looking at
 * only: it decides nothing.
 */
export function arrange(first: unknown, second: unknown): readonly [unknown, unknown] {
  return pair(decoded(first), decoded(second), 0);
}

const maxDepth = 40;
/** Likeness is looked for pair by pair, so long lists stay in their order. */
const maxItems = 60;

function pair(first: unknown, second: unknown, depth: number): readonly [unknown, unknown] {
  if (depth > maxDepth) return [first, second];
  const lists = asLists(first, second);
  if (lists !== undefined) return pairLists(lists[0], lists[1], depth);
  if (isRecord(first) && isRecord(second)) {
    const left = new Map<string, unknown>();
    const right = new Map<string, unknown>();
    for (const key of Object.keys(first)) {
      if (!Object.hasOwn(second, key)) left.set(key, pair(first[key], undefined, depth + 1)[0]);
      else {
        const [a, b] = pair(first[key], second[key], depth + 1);
        left.set(key, a);
        right.set(key, b);
      }
    }
    const inFirstOrder = new Map(right);
    for (const key of Object.keys(second)) {
      if (!inFirstOrder.has(key)) inFirstOrder.set(key, pair(undefined, second[key], depth + 1)[1]);
    }
    return [left, inFirstOrder];
  }
  return [ordered(first, depth), ordered(second, depth)];
}

function ordered(value: unknown, depth: number): unknown {
  if (depth > maxDepth) return value;
  if (Array.isArray(value))
    return value.every(isText) ? sorted(value) : value.map((v) => ordered(v, depth + 1));
  if (!isRecord(value)) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, ordered(item, depth + 1)]));
}

/** Two lists, or a list and the one entry that IAM takes for a list of one. */
function asLists(
  first: unknown,
  second: unknown,
): readonly [readonly unknown[], readonly unknown[]] | undefined {
  if (Array.isArray(first) && Array.isArray(second)) return [first, second];
  if (Array.isArray(first) && second !== undefined && second !== null) return [first, [second]];
  if (Array.isArray(second) && first !== undefined && first !== null) return [[first], second];
  return undefined;
}

function pairLists(
  first: readonly unknown[],
  second: readonly unknown[],
  depth: number,
): readonly [unknown, unknown] {
  if (first.every(isText) && second.every(isText)) return [sorted(first), sorted(second)];
  const rest = [...second];
  const left: unknown[] = [];
  const right: unknown[] = [];
  const within = first.length <= maxItems && second.length <= maxItems;
  for (const item of first) {
    const index = within ? likest(item, rest) : rest.length > 0 ? 0 : -1;
    if (index === -1) {
      left.push(ordered(item, depth + 1));
      continue;
    }
    const [a, b] = pair(item, rest[index], depth + 1);
    rest.splice(index, 1);
    left.push(a);
    right.push(b);
  }
  for (const item of rest) right.push(ordered(item, depth + 1));
  return [left, right];
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

/** A document that stands as its JSON text. */
function decoded(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const isText = (value: unknown): value is string => typeof value === "string";
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const sorted = (words: readonly string[]): readonly string[] =>
  words.toSorted((a, b) => {
    const [x, y] = [a.toLowerCase(), b.toLowerCase()];
    return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0;
  });
