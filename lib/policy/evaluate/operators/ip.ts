import { unsure } from "../answer.ts";
import type { Match } from "./match.ts";

/** Whether an address lies in a range: begins with its bits. Without a prefix a range is one address; v4 and v6 never meet. */
export const ipAddress: Match = (value, pattern) => {
  const [address = "", ...prefix] = pattern.split("/");
  const range = bitsOf(address);
  const actual = bitsOf(value);
  if (range === undefined) return unsure("an IP condition whose value is not an address range");
  if (actual === undefined) return unsure("an IP key whose value is not an address");
  const length = prefix.length === 0 ? String(range.length) : prefix.join("/");
  if (!/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > range.length) {
    return unsure("an IP condition whose prefix is not a length");
  }
  if (isMapped(range) || isMapped(actual)) return unsure("an IPv4 address written as IPv6");
  return range.length === actual.length && actual.startsWith(range.slice(0, Number(length)));
};

/** `::ffff:1.2.3.4` */
const isMapped = (bits: string): boolean => bits.length === 128 && /^0{80}1{16}/.test(bits);

/** An address as 32 or 128 digits `0` and `1`. */
const bitsOf = (text: string): string | undefined => (text.includes(":") ? bitsOfV6(text) : bitsOfV4(text));

const binary = (number: number, size: number): string => number.toString(2).padStart(size, "0");

function bitsOfV4(text: string): string | undefined {
  const parts = text.split(".");
  const isV4 =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isV4 ? parts.map((part) => binary(Number(part), 8)).join("") : undefined;
}

function bitsOfV6(text: string): string | undefined {
  const [head = "", tail, ...more] = text.split("::").map(bitsOfGroups);
  // `::` stands for one group at least.
  const rest = tail === undefined ? "" : "0".repeat(Math.max(16, 128 - head.length - tail.length)) + tail;
  return more.length === 0 && /^[01]{128}$/.test(head + rest) ? head + rest : undefined;
}

/** With a mark that is no bit where a group is none. The last group may be an IPv4 address. */
function bitsOfGroups(text: string): string {
  const groups = text === "" ? [] : text.split(":");
  return groups
    .map((group, index) => {
      if (/^[0-9a-fA-F]{1,4}$/.test(group)) return binary(Number.parseInt(group, 16), 16);
      return (index === groups.length - 1 ? bitsOfV4(group) : undefined) ?? "?";
    })
    .join("");
}
