import { isInOrder, matchParsed } from "./match.ts";

export const numeric = matchParsed(
  parseDecimal,
  isInOrder,
  "a numeric condition whose value is not a number",
  "a numeric key whose value is not a number",
);

const digits = 60;

/** Exactly, in units of the last digit. No exponents, no bare points: what AWS makes of those is not documented. */
function parseDecimal(text: string): bigint | undefined {
  const [, whole, fraction = ""] = /^(-?\d{1,60})(?:\.(\d{1,60}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : BigInt(whole + fraction.padEnd(digits, "0"));
}
