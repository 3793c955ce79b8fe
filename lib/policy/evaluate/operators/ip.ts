import { isMapped, readAddress, readRange } from "../../values/address.ts";
import { unsure } from "../answer.ts";
import type { Match } from "./match.ts";

/** Whether an address lies in a range: not below its first, not above its last. v4 and v6 never meet. */
export const ipAddress: Match = (value, pattern) => {
  const range = readRange(pattern);
  const actual = readAddress(value);
  if (range === undefined) return unsure("an IP condition whose value is not an address range");
  if (actual === undefined) return unsure("an IP key whose value is not an address");
  if (isMapped(range) || isMapped(actual)) return unsure("an IPv4 address written as IPv6");
  return range.width === actual.width && range.from <= actual.from && actual.from <= range.to;
};
