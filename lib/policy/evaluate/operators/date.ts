import { isInOrder, matchParsed } from "./match.ts";

export const date = matchParsed(
  parseDate,
  isInOrder,
  "a date condition whose value is not a date that AWS documents",
  "a date key whose value is not a date",
);

const iso =
  /^(\d{4}-\d\d-\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/;

/**
 * Milliseconds since 1970: ISO 8601 dates (midnight UTC), date-times with a zone, or epoch seconds.
 * Undefined for four digits alone: a year, or seconds.
 */
function parseDate(text: string): number | undefined {
  if (/^(?:\d{1,3}|\d{5,12})$/.test(text)) return Number(text) * 1000;
  const day = iso.exec(text)?.[1];
  if (day === undefined) return undefined;
  // Date.parse takes February 30 for March 1.
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  return Date.parse(text);
}
