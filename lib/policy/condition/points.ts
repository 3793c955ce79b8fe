import type { Test } from "../comparison/grants.ts";
import { variablesOf } from "../glob/template.ts";
import { families } from "./families.ts";
import { type Point, PointTable, type Surroundings } from "./point.ts";

/**
 * Points for single values, or for one only. Operators of several families on one key are guessed apart where
 * they disagree.
 */
export function pointsOf(
  tests: readonly Test[],
  surroundings: Surroundings,
  only?: string,
): readonly Point[] {
  const { budget, fresh } = surroundings;
  const familyOf = (test: Test) => families[test.operator.kind];
  const among = new Set(tests.flatMap((test) => familyOf(test) ?? []));
  // To one family the tests of another are tests without values.
  const parts = [...among].map((family) =>
    family(
      tests.map((test) => (familyOf(test) === family ? test : { ...test, values: [] })),
      surroundings,
    ),
  );
  const [part, another] = parts;
  if (part === undefined) return [{ value: only ?? fresh[0] ?? "example", hits: [], doubt: undefined }];
  if (another === undefined) return part(only);
  const table = new PointTable();
  const combine = (points: readonly (readonly Point[])[], doubt?: string): void => {
    let combined: readonly (readonly Point[])[] = [[]];
    for (const own of points) {
      budget.spend(combined.length * own.length * tests.length);
      combined = combined.flatMap((chosen) => own.map((point) => [...chosen, point]));
    }
    for (const chosen of combined) {
      table.add(
        chosen[0]?.value ?? "",
        tests.map((_, i) => chosen.some(({ hits }) => hits[i] === true)),
        doubt ?? chosen.find((point) => point.doubt !== undefined)?.doubt,
      );
    }
  };
  const points = parts.map((part) => part(only));
  if (only !== undefined) combine(points);
  else {
    // One text that all families read alike is sure.
    for (const { value } of points.flat()) {
      const read = parts.map((part) => part(value));
      if (read.flat().every(({ doubt }) => doubt === undefined)) combine(read);
    }
    combine(points, kindsDoubt);
  }
  return table.list();
}

const kindsDoubt = "it hangs on a key that is compared by operators of different kinds";

/** Names variables only, never their defaults: those are a document's values. Undefined when there are none. */
export function variableDoubt(texts: readonly string[]): string | undefined {
  const keys = new Set(texts.flatMap((text) => [...variablesOf(text).keys()]));
  if (keys.size === 0) return undefined;
  const named = [...keys].filter((key) => /^[\w:/.@+=-]{1,128}$/.test(key)).map((key) => `\`\${${key}}\``);
  return `it hangs on the value of a policy variable: ${named.slice(0, 3).join(", ")}`;
}
