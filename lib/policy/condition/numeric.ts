import { orderedFamily } from "./ordered.ts";

/** Digits kept after the point; one more than a bound may have, so that there is room between two bounds. */
const digits = 40;
const unit = 10n ** BigInt(digits);

/** Decimal numbers, exactly. What AWS makes of exponents is not documented. */
export const numeric = orderedFamily({
  beside: unit,
  read(text) {
    const [, whole, fraction = ""] = /^(-?\d{1,60})(?:\.(\d{1,39}))?$/.exec(text) ?? [];
    return whole === undefined ? undefined : BigInt(whole + fraction.padEnd(digits, "0"));
  },
  write(position) {
    const size = position < 0n ? -position : position;
    const fraction = (size % unit).toString().padStart(digits, "0").replace(/0+$/, "");
    return `${position < 0n ? "-" : ""}${size / unit}${fraction === "" ? "" : `.${fraction}`}`;
  },
});
