import { parsedFamily } from "./parsed.ts";
import type { Family } from "./point.ts";

/** Values that lie on a line: numbers and dates. */
export interface Scale {
  /** Where a text lies, in whole units; undefined when it is not a value of this kind. */
  readonly read: (text: string) => bigint | undefined;
  readonly write: (position: bigint) => string;
  /** A distance that reads well: values are tried so far beside the bounds, and between them. */
  readonly beside: bigint;
}

export const orderedFamily = ({ read, write, beside }: Scale): Family =>
  parsedFamily({
    parse: read,
    matches,
    examples(wanted) {
      const bounds = [...new Set(wanted)].sort((a, b) => (a < b ? -1 : 1));
      const between = bounds.map((bound, i) => {
        const next = bounds[i + 1];
        const after = bound + beside;
        return next === undefined || after < next ? after : (bound + next) / 2n;
      });
      return [...bounds, ...between, (bounds[0] ?? 0n) - beside].map(write);
    },
  });

function matches(value: bigint, bound: bigint, comparison: string): boolean {
  if (comparison === "LessThan") return value < bound;
  if (comparison === "LessThanEquals") return value <= bound;
  if (comparison === "GreaterThan") return value > bound;
  if (comparison === "GreaterThanEquals") return value >= bound;
  return value === bound;
}
