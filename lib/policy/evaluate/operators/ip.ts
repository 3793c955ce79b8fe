import { unsure } from "../answer.ts";
import type { Match } from "./match.ts";

/** Whether an address lies in a range. Without a prefix a range is one address; v4 and v6 never meet. */
export const ipAddress: Match = (value, pattern) => {
  const [address, prefix] = splitPrefix(pattern);
  const range = parseAddress(address);
  const actual = parseAddress(value);
  if (range === undefined) return unsure("an IP condition whose value is not an address range");
  if (actual === undefined) return unsure("an IP key whose value is not an address");
  const bits = prefix === undefined ? range.length * 8 : parsePrefix(prefix, range.length * 8);
  if (bits === undefined) return unsure("an IP condition whose prefix is not a length");
  if (isMapped(range) || isMapped(actual)) return unsure("an IPv4 address written as IPv6");
  if (range.length !== actual.length) return false;
  return range.every((byte, index) => {
    const free = Math.min(8, Math.max(0, (index + 1) * 8 - bits));
    return byte >> free === (actual[index] ?? 0) >> free;
  });
};

function splitPrefix(text: string): readonly [string, string?] {
  const slash = text.indexOf("/");
  return slash < 0 ? [text] : [text.slice(0, slash), text.slice(slash + 1)];
}

function parsePrefix(text: string, most: number): number | undefined {
  if (!/^(?:0|[1-9]\d{0,2})$/.test(text)) return undefined;
  return Number(text) <= most ? Number(text) : undefined;
}

/** 4 or 16 bytes. */
function parseAddress(text: string): readonly number[] | undefined {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): readonly number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseV6(text: string): readonly number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 16 ? head : undefined;
  const missing = 16 - head.length - tail.length;
  return missing < 2 ? undefined : [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function parseGroups(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const number = Number.parseInt(group, 16);
      bytes.push(number >> 8, number & 255);
    } else {
      const last = index === groups.length - 1 ? parseV4(group) : undefined;
      if (last === undefined) return undefined;
      bytes.push(...last);
    }
  }
  return bytes;
}

/** `::ffff:1.2.3.4` */
const isMapped = (bytes: readonly number[]): boolean =>
  bytes.length === 16 &&
  bytes.slice(0, 10).every((byte) => byte === 0) &&
  bytes[10] === 255 &&
  bytes[11] === 255;
