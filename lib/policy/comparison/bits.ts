/** A set of small numbers, as bits. Values are never changed once made. */
export type Bits = Uint32Array;

export function bitsOf(size: number, has: (index: number) => boolean): Bits {
  const bits = new Uint32Array((size + 31) >>> 5);
  for (let i = 0; i < size; i++) if (has(i)) bits[i >>> 5] = (bits[i >>> 5] ?? 0) | (1 << (i & 31));
  return bits;
}

export const intersect = (first: Bits, second: Bits): Bits => first.map((word, i) => word & (second[i] ?? 0));

export const without = (first: Bits, second: Bits): Bits => first.map((word, i) => word & ~(second[i] ?? 0));

export const isEmpty = (bits: Bits): boolean => bits.every((word) => word === 0);

export const isWithin = (inner: Bits, outer: Bits): boolean =>
  inner.every((word, i) => (word & ~(outer[i] ?? 0)) === 0);

/** The smallest member, or -1. */
export function smallest(bits: Bits): number {
  const i = bits.findIndex((word) => word !== 0);
  const word = bits[i] ?? 0;
  return i < 0 ? -1 : i * 32 + 31 - Math.clz32(word & -word);
}
