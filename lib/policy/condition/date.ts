import { orderedFamily } from "./ordered.ts";

const iso =
  /^(\d{4}-\d\d-\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/;

/**
 * Moments in milliseconds: ISO 8601 with a zone, or seconds since 1970. Four digits alone could be a
 * year or seconds, and are neither.
 */
export const date = orderedFamily({
  beside: 1000n,
  read(text) {
    if (/^(?:\d{1,3}|\d{5,12})$/.test(text)) return BigInt(text) * 1000n;
    const day = iso.exec(text)?.[1];
    return day !== undefined && isDay(day) ? BigInt(Date.parse(text)) : undefined;
  },
  write: (position) => new Date(Number(position)).toISOString().replace(".000Z", "Z"),
});

/** Of the calendar: Date takes February 30 for a day of March. */
function isDay(day: string): boolean {
  const midnight = Date.parse(day);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}
