import type { Test } from "../comparison/grants.ts";
import { variablesOf } from "../glob/template.ts";
import { families } from "./families.ts";
import { type Family, type Point, PointTable, type Reader, type Surroundings } from "./point.ts";

/** Points for single values; operators of several families on one key are guessed apart where they disagree. */
export function pointsOf(tests: readonly Test[], surroundings: Surroundings): readonly Point[] {
  const byFamily = new Map<Family, number[]>();
  for (let i = 0; i < tests.length; i++) {
    const kind = tests[i]?.operator.kind ?? "Null";
    if (kind === "Null") continue;
    const family = families[kind];
    byFamily.set(family, [...(byFamily.get(family) ?? []), i]);
  }
  const parts = [...byFamily].map(([family, among]) => ({
    family,
    among,
    points: family.points(
      among.flatMap((i) => tests[i] ?? []),
      surroundings,
    ),
  }));
  const [only, ...more] = parts;
  if (only === undefined) return [{ value: surroundings.fresh[0] ?? "example", hits: [], sure: true }];
  const table = new PointTable();
  if (more.length === 0) {
    for (const point of only.points) table.add(point.value, spread(tests, [[only.among, point]]), point.sure);
    return table.list();
  }
  // One text that all families read alike is sure.
  const readers = tests.map((test) => readerOf(test, surroundings));
  for (const { points } of parts) {
    for (const { value, sure } of points) {
      surroundings.budget.spend(tests.length);
      const hits = readers.map((read) => read(value));
      if (sure && hits.every((hit) => hit !== undefined)) table.add(value, hits);
    }
  }
  let combined: (readonly (readonly [readonly number[], Point])[])[] = [[]];
  for (const { among, points } of parts) {
    surroundings.budget.spend(combined.length * points.length * tests.length);
    combined = combined.flatMap((chosen) => points.map((point) => [...chosen, [among, point] as const]));
  }
  for (const chosen of combined) table.add(chosen[0]?.[1].value ?? "", spread(tests, chosen), false);
  return table.list();
}

/** A reader for a test; Null matches no value. */
export const readerOf = (test: Test, surroundings: Surroundings): Reader =>
  test.operator.kind === "Null" ? () => false : families[test.operator.kind].reader(test, surroundings);

/** Hits of several families' points, put where their tests stand. */
function spread(
  tests: readonly Test[],
  chosen: readonly (readonly [readonly number[], Point])[],
): readonly boolean[] {
  const hits: boolean[] = tests.map(() => false);
  for (const [among, point] of chosen)
    for (let i = 0; i < among.length; i++) hits[among[i] ?? 0] = point.hits[i] === true;
  return hits;
}

/** Names variables only, never their defaults: those are a document's values. */
export function variableDoubt(texts: readonly string[]): string {
  const keys = new Set(texts.flatMap((text) => [...variablesOf(text).keys()]));
  const named = [...keys].filter((key) => /^[\w:/.@+=-]{1,128}$/.test(key)).map((key) => `\`\${${key}}\``);
  return `it hangs on the value of a policy variable: ${named.slice(0, 3).join(", ")}`;
}

/** What was guessed about a point. */
export function doubtOf(
  point: Point,
  tests: readonly Test[],
  { assignment }: Surroundings,
): string | undefined {
  if (point.sure) return undefined;
  const open = tests.flatMap(({ variables, values }) =>
    variables && assignment === undefined ? values.filter((text) => variablesOf(text).size > 0) : [],
  );
  if (open.length > 0) return variableDoubt(open);
  const kinds = tests.flatMap(({ operator: { kind } }) => (kind === "Null" ? [] : families[kind]));
  return new Set(kinds).size > 1
    ? "it hangs on a key that is compared by operators of different kinds"
    : "it hangs on a value that its operator cannot read";
}
