import { decimalDigits, readDecimal } from "../values/decimal.ts";
import { orderedFamily } from "./ordered.ts";

const unit = 10n ** BigInt(decimalDigits);

export const numeric = orderedFamily({
  beside: unit,
  read: readDecimal,
  write(position) {
    const size = position < 0n ? -position : position;
    const fraction = (size % unit).toString().padStart(decimalDigits, "0").replace(/0+$/, "");
    return `${position < 0n ? "-" : ""}${size / unit}${fraction === "" ? "" : `.${fraction}`}`;
  },
});
