import { type Family, parsedReader, pointsAmong } from "./point.ts";

/** Families whose values lie on a line: numbers and dates. */
export interface Scale {
  /** Where a text lies, in whole units; undefined when it is not a value of this kind. */
  read(text: string): bigint | undefined;
  write(position: bigint): string;
  /** A distance that reads well: values are tried so far beside the bounds, and between them. */
  readonly beside: bigint;
}

export function orderedFamily(scale: Scale): Family {
  const read = (text: string): bigint | undefined => scale.read(text);
  const family: Family = {
    reader: ({ operator, values }) =>
      parsedReader(values, read, (value, bound) => holds(operator.comparison, value, bound)),
    points(tests, surroundings) {
      const bounds = [...new Set(tests.flatMap((test) => test.values.map(read)))]
        .filter((bound) => bound !== undefined)
        .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      const candidates: bigint[] = [...bounds];
      for (const [i, bound] of bounds.entries()) {
        const next = bounds[i + 1];
        const after = bound + scale.beside;
        candidates.push(next === undefined || after < next ? after : (bound + next) / 2n);
      }
      candidates.push((bounds[0] ?? 0n) - scale.beside);
      return pointsAmong(
        candidates.map((position) => scale.write(position)),
        tests,
        family,
        surroundings,
      );
    },
  };
  return family;
}

function holds(comparison: string, value: bigint, bound: bigint): boolean {
  if (comparison === "LessThan") return value < bound;
  if (comparison === "LessThanEquals") return value <= bound;
  if (comparison === "GreaterThan") return value > bound;
  if (comparison === "GreaterThanEquals") return value >= bound;
  return value === bound;
}
