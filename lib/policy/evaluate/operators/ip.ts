import { isMapped, readAddress, readRange } from "../../values/address.ts";
import { unsure } from "../answer.ts";
import { matchParsed } from "./match.ts";

/** Whether an address lies in a range: not below its first, not above its last. v4 and v6 never meet. */
export const ipAddress = matchParsed(
  "an IP",
  "an address",
  readRange,
  (actual, range) =>
    isMapped(range) || isMapped(actual)
      ? unsure("an IPv4 address written as IPv6")
      : range.width === actual.width && range.from <= actual.from && actual.from <= range.to,
  readAddress,
);
