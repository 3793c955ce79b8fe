import { expect, test } from "vitest";
import { defaultTransitionSettings } from "../../lib/ledger/settings.ts";
import { defaultNotifySettings } from "../../lib/notify/settings.ts";
import { notifySettingsOf, transitionSettingsOf } from "../../lib/watch/settings-of.ts";

test("what the configuration does not say about alerts has its default", () => {
  expect(notifySettingsOf()).toEqual(defaultNotifySettings);
  expect(transitionSettingsOf({})).toEqual(defaultTransitionSettings);
});

test("quiet hours are in the time that people keep", () => {
  const quiet = (utcOffset: string) => notifySettingsOf({ quietHours: { from: 22, to: 7, utcOffset } }).quiet;
  expect(quiet("+05:30")).toEqual({ from: 22, to: 7, offsetMinutes: 330 });
  expect(quiet("-03:30")).toEqual({ from: 22, to: 7, offsetMinutes: -210 });
  expect(notifySettingsOf({ quietHours: { from: 1, to: 2 } }).quiet).toEqual({
    from: 1,
    to: 2,
    offsetMinutes: 0,
  });
  const place = { from: 22, to: 7, timeZone: "Europe/Berlin" };
  expect(notifySettingsOf({ quietHours: place }).quiet).toEqual(place);
});

test("the pace of reminders is the configuration's", () => {
  const settings = transitionSettingsOf({
    remindCriticalHours: 4,
    weekly: { day: "friday", hour: 15 },
    suppressionNoticeDays: 0,
  });
  expect(settings).toMatchObject({
    remindCriticalSeconds: 14_400,
    roll: { weekday: 5, hour: 15 },
    suppressionNoticeDays: 0,
  });
  expect(notifySettingsOf({ atLeast: "high" }).atLeast).toBe("high");
});
