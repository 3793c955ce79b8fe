/** The pace at which what is seen is believed and told. Durations are in seconds. */
export interface TransitionSettings {
  /** How long IAM may take to show a change everywhere: missing access and resolutions wait this long. */
  readonly settleSeconds: number;
  /** A subject that keeps changing is believed after this long all the same. */
  readonly settleAtMostSeconds: number;
  /** Passes in a row without sight before blindness is a finding. */
  readonly blindAfterPasses: number;
  /** Openings and closings within a day that make a finding flap. */
  readonly flapsAfter: number;
  /** How long a flapping finding must keep its state before it is told again. */
  readonly flapQuietSeconds: number;
  /** The pace of reminders of critical findings. */
  readonly remindCriticalSeconds: number;
  /** When the others are listed: weekday (0 is Sunday) and hour, UTC. */
  readonly roll: { readonly weekday: number; readonly hour: number };
  /** How many days before its expiry a suppression is announced. */
  readonly suppressionNoticeDays: number;
}

export const defaultTransitionSettings: TransitionSettings = {
  settleSeconds: 180,
  settleAtMostSeconds: 900,
  blindAfterPasses: 3,
  flapsAfter: 3,
  flapQuietSeconds: 900,
  remindCriticalSeconds: 86_400,
  roll: { weekday: 1, hour: 7 },
  suppressionNoticeDays: 7,
};
