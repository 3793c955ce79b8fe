/** Milliseconds of an ISO 8601 time; undefined when the text is none. */
export function millis(iso: string): number | undefined {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? undefined : at;
}

/** Whether `later` is at least `seconds` after `earlier`. A time that cannot be read is long ago. */
export const apart = (earlier: string, later: string, seconds: number): boolean =>
  (millis(later) ?? 0) - (millis(earlier) ?? 0) >= seconds * 1000;

/** So many seconds earlier. */
export const secondsBefore = (at: string, seconds: number): string =>
  new Date((millis(at) ?? 0) - seconds * 1000).toISOString();

/** The last moment, at or before `at`, of a weekday (0 is Sunday) and hour, UTC. */
export function lastWeekly(at: string, weekday: number, hour: number): string {
  const now = new Date(millis(at) ?? 0);
  const days = (now.getUTCDay() - weekday + 7) % 7;
  const slot = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days, hour);
  const week = 7 * 86_400_000;
  return new Date(slot > now.getTime() ? slot - week : slot).toISOString();
}
