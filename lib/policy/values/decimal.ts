/** Digits kept after the point; one more than a text may have, so that there is room between two numbers. */
export const decimalDigits = 40;

/**
 * A decimal number, exactly, in units of its last digit; undefined: it is none. What AWS makes of exponents
 * and bare points is not documented.
 */
export function readDecimal(text: string): bigint | undefined {
  const [, whole, fraction = ""] = /^(-?\d{1,60})(?:\.(\d{1,39}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : BigInt(whole + fraction.padEnd(decimalDigits, "0"));
}
