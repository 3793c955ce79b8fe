const iso =
  /^(\d{4}-\d\d-\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/;

/**
 * A moment in milliseconds since 1970: an ISO 8601 date (midnight UTC), a date and time with a zone, or
 * seconds. Undefined for all else, and for four digits alone, which could be a year or seconds.
 */
export function readMoment(text: string): bigint | undefined {
  if (/^(?:\d{1,3}|\d{5,12})$/.test(text)) return BigInt(text) * 1000n;
  const day = iso.exec(text)?.[1];
  return day !== undefined && isDay(day) ? BigInt(Date.parse(text)) : undefined;
}

/** Of the calendar: Date takes February 30 for a day of March. */
function isDay(day: string): boolean {
  const midnight = Date.parse(day);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}
