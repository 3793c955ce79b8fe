import { defaultTransitionSettings, type TransitionSettings } from "../ledger/settings.ts";
import { type AlertSettings, weekdays } from "../model/config.ts";
import { defaultNotifySettings, type NotifySettings, type QuietHours } from "../notify/settings.ts";

/** How much is told and when, from the configuration's `alerts`. */
export function notifySettingsOf({ atLeast, quietHours }: AlertSettings = {}): NotifySettings {
  return {
    ...defaultNotifySettings,
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(quietHours === undefined ? {} : { quiet: quietOf(quietHours) }),
  };
}

/** The pace of reminders and notices, from the configuration's `alerts`. */
export function transitionSettingsOf(alerts: AlertSettings = {}): TransitionSettings {
  const { remindCriticalHours, weekly, suppressionNoticeDays } = alerts;
  return {
    ...defaultTransitionSettings,
    ...(remindCriticalHours === undefined ? {} : { remindCriticalSeconds: remindCriticalHours * 3600 }),
    ...(weekly === undefined ? {} : { roll: { weekday: weekdays.indexOf(weekly.day), hour: weekly.hour } }),
    ...(suppressionNoticeDays === undefined ? {} : { suppressionNoticeDays }),
  };
}

function quietOf({ from, to, ...clock }: NonNullable<AlertSettings["quietHours"]>): QuietHours {
  const { timeZone, utcOffset = "+00:00" } = clock;
  if (timeZone !== undefined) return { from, to, timeZone };
  const [hours = 0, minutes = 0] = utcOffset.slice(1).split(":").map(Number);
  const sign = utcOffset.startsWith("-") ? -1 : 1;
  return { from, to, offsetMinutes: sign * (hours * 60 + minutes) };
}
