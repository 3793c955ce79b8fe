import { isMapped, readRange } from "../values/address.ts";
import { parsedFamily } from "./parsed.ts";

/** Address ranges. v4 and v6 never meet. */
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

function write(address: bigint, width: 32 | 128): string {
  const size = width === 32 ? 8n : 16n;
  const parts: string[] = [];
  for (let shift = BigInt(width) - size; shift >= 0n; shift -= size) {
    const part = (address >> shift) & ((1n << size) - 1n);
    parts.push(part.toString(width === 32 ? 10 : 16));
  }
  return width === 32 ? parts.join(".") : parts.join(":").replace(/(?:^|:)(?:0(?::|$)){2,}/, "::");
}
