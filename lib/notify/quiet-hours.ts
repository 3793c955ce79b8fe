import type { QuietHours } from "./settings.ts";

/** Milliseconds. A place's clock differs from UTC by quarters of an hour, and changes at one; an offset may not. */
const quarter = 900_000;
const minute = 60_000;
const day = 86_400_000;

/**
 * The end of the quiet hours that `now` lies in, ISO 8601 UTC; undefined outside of them. Past midnight
 * when `from` is after `to`; equal hours are no quiet hours. In the night when clocks are put forward or
 * back they end at the same hour of the clock.
 */
export function quietUntil(quiet: QuietHours, now: string): string | undefined {
  const hourAt = clockOf(quiet);
  const start = Date.parse(now);
  if (!isQuiet(quiet, hourAt(start))) return undefined;
  const step = "timeZone" in quiet ? quarter : minute;
  let end = Math.floor(start / step) * step;
  while (end < start + 2 * day && isQuiet(quiet, hourAt(end))) end += step;
  return new Date(end).toISOString();
}

function isQuiet({ from, to }: QuietHours, hour: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** The hour of the day, 0 to 23, at a time in milliseconds. */
function clockOf(quiet: QuietHours): (millis: number) => number {
  if ("offsetMinutes" in quiet) {
    return (millis) => new Date(millis + quiet.offsetMinutes * 60_000).getUTCHours();
  }
  const clock = new Intl.DateTimeFormat("en", {
    hour: "numeric",
    hourCycle: "h23",
    timeZone: quiet.timeZone,
  });
  return (millis) => Number(clock.format(millis));
}
