/** An address, or a range of them, as numbers of 32 (v4) or 128 bits. */
export interface AddressRange {
  readonly width: 32 | 128;
  readonly from: bigint;
  readonly to: bigint;
}

/** `10.0.0.0/8`, `2001:db8::/32`, or one address; undefined: neither. */
export function readRange(text: string): AddressRange | undefined {
  const [address = "", prefix, ...more] = text.split("/");
  const found = readAddress(address);
  if (found === undefined || more.length > 0) return undefined;
  if (prefix === undefined) return found;
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > found.width) return undefined;
  const free = BigInt(found.width - Number(prefix));
  const from = (found.from >> free) << free;
  return { width: found.width, from, to: from + (1n << free) - 1n };
}

/** One address as a range, or undefined. */
export function readAddress(text: string): AddressRange | undefined {
  const width = text.includes(":") ? 128 : 32;
  const from = width === 32 ? readV4(text) : readV6(text);
  return from === undefined ? undefined : { width, from, to: from };
}

function readV4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((all, part) => all * 256n + BigInt(part), 0n);
}

function readV6(text: string): bigint | undefined {
  const halves = text.split("::");
  const [head = "", tail, ...more] = halves.map((half, i) => hexOfGroups(half, i === halves.length - 1));
  // `::` stands for one group at least.
  const rest = tail === undefined ? "" : "0".repeat(Math.max(4, 32 - head.length - tail.length)) + tail;
  const valid = more.length === 0 && /^[0-9a-fA-F]{32}$/.test(head + rest);
  return valid ? BigInt(`0x${head}${rest}`) : undefined;
}

/** Four digits for each group, and a mark that is no digit where it is none. The very last may be a v4 address. */
function hexOfGroups(text: string, isEnd: boolean): string {
  const groups = text === "" ? [] : text.split(":");
  return groups
    .map((group, i) => {
      if (/^[0-9a-fA-F]{1,4}$/.test(group)) return group.padStart(4, "0");
      const v4 = isEnd && i === groups.length - 1 ? readV4(group) : undefined;
      return v4?.toString(16).padStart(8, "0") ?? "?";
    })
    .join("");
}

/** `::ffff:1.2.3.4`: whether that is the IPv4 address is not documented. */
export const isMapped = (range: AddressRange): boolean =>
  range.width === 128 && range.from >> 32n === 0xffffn;
