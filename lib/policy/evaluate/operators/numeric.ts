import { unsure } from "../answer.ts";
import type { Match } from "./match.ts";

/** Compares decimal numbers exactly: `order` is negative, zero or positive for value <, = or > policy. */
const numeric =
  (holds: (order: number) => boolean): Match =>
  (value, pattern) => {
    const bound = parseDecimal(pattern);
    const actual = parseDecimal(value);
    if (bound === undefined) return unsure("a numeric condition whose value is not a number");
    if (actual === undefined) return unsure("a numeric key whose value is not a number");
    const scale = Math.max(bound.scale, actual.scale);
    const difference = raise(actual, scale) - raise(bound, scale);
    return holds(difference < 0n ? -1 : difference > 0n ? 1 : 0);
  };

export const numericEquals = numeric((order) => order === 0);
export const numericLessThan = numeric((order) => order < 0);
export const numericLessThanEquals = numeric((order) => order <= 0);
export const numericGreaterThan = numeric((order) => order > 0);
export const numericGreaterThanEquals = numeric((order) => order >= 0);

interface Decimal {
  readonly units: bigint;
  /** Digits after the point. */
  readonly scale: number;
}

/** No exponents, no bare points: what AWS makes of those is not documented. */
function parseDecimal(text: string): Decimal | undefined {
  const parts = /^(-?\d{1,60})(?:\.(\d{1,60}))?$/.exec(text);
  if (parts?.[1] === undefined) return undefined;
  const fraction = parts[2] ?? "";
  return { units: BigInt(parts[1] + fraction), scale: fraction.length };
}

const raise = (decimal: Decimal, scale: number): bigint =>
  decimal.units * 10n ** BigInt(scale - decimal.scale);
