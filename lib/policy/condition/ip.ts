import { parsedFamily } from "./parsed.ts";

/** An address, or a range of them, as numbers of 32 (v4) or 128 bits. */
interface Range {
  readonly width: 32 | 128;
  readonly from: bigint;
  readonly to: bigint;
}

/** Address ranges; without a prefix a range is one address. v4 and v6 never meet. */
export const ip = parsedFamily({
  parse: readRange,
  matches(actual, range) {
    if (isMapped(range) || isMapped(actual)) return undefined;
    return range.width === actual.width && range.from <= actual.from && actual.to <= range.to;
  },
  examples(ranges) {
    const examples = ["198.51.100.7", "2001:db8::7"];
    for (const width of [32, 128] as const) {
      const starts = new Set([0n]);
      for (const range of ranges) {
        if (range.width !== width) continue;
        starts.add(range.from);
        if (range.to + 1n < 1n << BigInt(width)) starts.add(range.to + 1n);
      }
      for (const start of starts) {
        // The second address reads better than the first, where it belongs to the same ranges.
        if (!starts.has(start + 1n) && start + 1n < 1n << BigInt(width)) {
          examples.push(write(start + 1n, width));
        }
        examples.push(write(start, width));
      }
    }
    return examples;
  },
});

function readRange(text: string): Range | undefined {
  const [address = "", prefix, ...more] = text.split("/");
  const found = readAddress(address);
  if (found === undefined || more.length > 0) return undefined;
  if (prefix === undefined) return found;
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > found.width) return undefined;
  const free = BigInt(found.width - Number(prefix));
  const from = (found.from >> free) << free;
  return { width: found.width, from, to: from + (1n << free) - 1n };
}

function readAddress(text: string): Range | undefined {
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
  const [head = "", tail, ...more] = text.split("::").map(hexOfGroups);
  // `::` stands for one group at least.
  const rest = tail === undefined ? "" : "0".repeat(Math.max(4, 32 - head.length - tail.length)) + tail;
  const valid = more.length === 0 && /^[0-9a-fA-F]{32}$/.test(head + rest);
  return valid ? BigInt(`0x${head}${rest}`) : undefined;
}

/** Four digits for each group, and a mark that is no digit where it is none. The last may be a v4 address. */
function hexOfGroups(text: string): string {
  const groups = text === "" ? [] : text.split(":");
  return groups
    .map((group, i) => {
      if (/^[0-9a-fA-F]{1,4}$/.test(group)) return group.padStart(4, "0");
      const v4 = i === groups.length - 1 ? readV4(group) : undefined;
      return v4?.toString(16).padStart(8, "0") ?? "?";
    })
    .join("");
}

/** `::ffff:1.2.3.4`: whether that is the IPv4 address is not documented. */
const isMapped = (range: Range): boolean => range.width === 128 && range.from >> 32n === 0xffffn;

function write(address: bigint, width: 32 | 128): string {
  const size = width === 32 ? 8n : 16n;
  const parts: string[] = [];
  for (let shift = BigInt(width) - size; shift >= 0n; shift -= size) {
    const part = (address >> shift) & ((1n << size) - 1n);
    parts.push(part.toString(width === 32 ? 10 : 16));
  }
  return width === 32 ? parts.join(".") : parts.join(":").replace(/(?:^|:)(?:0(?::|$)){2,}/, "::");
}
