import { type Severity, severities } from "../model/severity.ts";

/** How much is told, and when. Every duration is in seconds. */
export interface NotifySettings {
  /** Alerts wait for company until none came for this long… */
  readonly collectSeconds: number;
  /** …but never longer than this. */
  readonly collectAtMostSeconds: number;
  /** How many alerts of a digest are told in full. */
  readonly inFull: number;
  /** Nothing below this is told. */
  readonly atLeast: Severity;
  /** What is not critical waits for the end of the quiet hours. */
  readonly quiet?: QuietHours;
  /** Where the whole list is, as a sentence for the foot of a digest. */
  readonly where: string;
}

/** From `from` up to `to`, hours of the day by a clock; `from` may be after `to`. */
export type QuietHours = { readonly from: number; readonly to: number } & Clock;

/** UTC plus minutes, or the clock of a place (`Europe/Berlin`), which knows of summer time. */
type Clock = { readonly offsetMinutes: number } | { readonly timeZone: string };

export const defaultNotifySettings: NotifySettings = {
  collectSeconds: 10,
  collectAtMostSeconds: 60,
  inFull: 10,
  atLeast: severities[0],
  where: "The whole list: `npx serverless invoke -f audit`, or `npx rolecall audit` at a terminal.",
};
