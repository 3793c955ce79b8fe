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

/** From `from` up to `to`, hours of the day in UTC plus `offsetMinutes`; `from` may be after `to`. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
  readonly offsetMinutes: number;
}

export const defaultNotifySettings: NotifySettings = {
  collectSeconds: 10,
  collectAtMostSeconds: 60,
  inFull: 10,
  atLeast: severities[0],
  where: "The whole list: `npx serverless invoke -f audit`, or `npx rolecall audit` at a terminal.",
};
