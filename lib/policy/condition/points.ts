import type { Test } from "../comparison/grants.ts";
import { variablesOf } from "../glob/template.ts";
import { families } from "./families.ts";
import { type Family, type Point, PointTable, type Reader, type Surroundings } from "./point.ts";

/** Points for single values; operators of several families on one key are guessed apart where they disagree. */
export function pointsOf(tests: readonly Test[], surroundings: Surroundings): readonly Point[] {
  const { budget, fresh } = surroundings;
  const among = new Set(tests.flatMap((test) => familyOf(test) ?? []));
  // To one family the tests of another are tests without values.
  const parts = [...among].map((family) =>
    family.points(
      tests.map((test) => (familyOf(test) === family ? test : { ...test, values: [] })),
      surroundings,
    ),
  );
  const table = new PointTable();
  if (parts.length > 1) {
    // One text that all families read alike is sure.
    const read = readerOf(tests, surroundings);
    for (const { value, doubt } of parts.flat()) {
      budget.spend(tests.length);
      const hits = read(value).filter((hit) => hit !== undefined);
      if (doubt === undefined && hits.length === tests.length) table.add(value, hits);
    }
  }
  let combined: readonly (readonly Point[])[] = [[]];
  for (const points of parts) {
    budget.spend(combined.length * points.length * tests.length);
    combined = combined.flatMap((chosen) => points.map((point) => [...chosen, point]));
  }
  for (const chosen of combined) {
    table.add(
      chosen[0]?.value ?? fresh[0] ?? "example",
      tests.map((_, i) => chosen.some(({ hits }) => hits[i] === true)),
      parts.length > 1 ? kindsDoubt : chosen[0]?.doubt,
    );
  }
  return table.list();
}

/** The points of one value. */
export function pointsAt(
  value: string,
  tests: readonly Test[],
  surroundings: Surroundings,
): readonly Point[] {
  const table = new PointTable();
  table.addGuesses(value, readerOf(tests, surroundings)(value), surroundings.budget);
  return table.list();
}

/** Says of a value which of the tests it hits. */
function readerOf(
  tests: readonly Test[],
  surroundings: Surroundings,
): (value: string) => readonly (boolean | undefined)[] {
  const readers = tests.map((test): Reader => familyOf(test)?.reader(test, surroundings) ?? (() => false));
  return (value) => readers.map((read) => read(value));
}

const familyOf = (test: Test): Family | undefined => families[test.operator.kind];

const kindsDoubt = "it hangs on a key that is compared by operators of different kinds";

/** Names variables only, never their defaults: those are a document's values. Undefined when there are none. */
export function variableDoubt(texts: readonly string[]): string | undefined {
  const keys = new Set(texts.flatMap((text) => [...variablesOf(text).keys()]));
  if (keys.size === 0) return undefined;
  const named = [...keys].filter((key) => /^[\w:/.@+=-]{1,128}$/.test(key)).map((key) => `\`\${${key}}\``);
  return `it hangs on the value of a policy variable: ${named.slice(0, 3).join(", ")}`;
}
