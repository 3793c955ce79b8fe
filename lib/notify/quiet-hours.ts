import type { QuietHours } from "./settings.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** The end of the quiet hours that `now` lies in, ISO 8601 UTC; undefined outside of them. */
export function quietUntil(quiet: QuietHours, now: string): string | undefined {
  const local = Date.parse(now) + quiet.offsetMinutes * 60_000;
  const midnight = Math.floor(local / day) * day;
  const from = quiet.from * hour;
  // Past midnight when `from` is after `to`; equal hours are no quiet hours.
  const length = ((((quiet.to - quiet.from) * hour) % day) + day) % day;
  for (const start of [midnight - day + from, midnight + from]) {
    if (local >= start && local < start + length) {
      return new Date(start + length - quiet.offsetMinutes * 60_000).toISOString();
    }
  }
  return undefined;
}
