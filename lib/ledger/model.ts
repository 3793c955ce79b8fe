import type { Cause } from "../change/model.ts";
import type { Result, SuppressionMark } from "../model/result.ts";
import type { Alert } from "../notify/alert.ts";

/** The schema of every item this version writes; `migrate` lifts older ones when they are read. */
export const ledgerSchema = 1;

/**
 * What is known of one subject: the finest scope that is judged on its own (a role, user, profile, a
 * region's clusters, the account as such, Rolecall itself). An account-wide audit is many observations.
 */
export interface Observation {
  readonly schema: typeof ledgerSchema;
  /** `scopeKey` of the subject. */
  readonly subject: string;
  readonly account: string;
  /** The start of the gathering that was saved last, ISO 8601 UTC. A save needs a newer one. */
  readonly observedAt: string;
  /** Counts saves; a save names the version it was computed from. */
  readonly version: number;
  /** The recorded calls since the last settled observation, oldest first, bounded. */
  readonly causes: readonly Cause[];
  /** How many causes did not fit. */
  readonly causesOmitted: number;
  /** Digest of what was expected and seen when a control last passed, by finding id. */
  readonly decided: Readonly<Record<string, string>>;
  /** The last look that was to see all of the subject: when it began, and by which configuration; none where it could not. */
  readonly whole?: { readonly at: string; readonly judgedBy: string };
  /** When a further look is under way, ISO 8601 UTC: no second one need be sent before it. */
  readonly lookDue?: string;
  readonly blind?: Blindness;
}

/** Passes in a row that could not see (part of) the subject. */
export interface Blindness {
  readonly since: string;
  readonly passes: number;
  readonly reason: string;
}

/** A finding over time. Closed ones are kept, so that a return is told as one and sequences never restart. */
export interface Finding {
  readonly schema: typeof ledgerSchema;
  readonly id: string;
  readonly subject: string;
  readonly account: string;
  /** `waiting`: never told yet; seen once and not yet believed. */
  readonly state: "waiting" | "open" | "closed";
  /** Of the content that was last told (or, while waiting, seen). */
  readonly digest: string;
  /** Counts tellings: an alert's id is the finding's id and this number. */
  readonly sequence: number;
  /** The observation that first showed it, ISO 8601 UTC; of its latest opening. */
  readonly openedAt: string;
  readonly closedAt?: string;
  /** When it was last told, reminders included. */
  readonly toldAt?: string;
  /** What was last told (or, while waiting, seen); bounded in size. */
  readonly result: Result;
  /** A change that was seen and waits for a second look before it is believed. */
  readonly unsettled?: Unsettled;
  readonly suppression?: SuppressionMark;
  /** The expiry (`until`) of which notice was given. */
  readonly noticed?: string;
  /** Times of its latest openings, closings and returns to what was told, oldest first, bounded: what flapping is read from. */
  readonly flips: readonly string[];
  /** Set while it flaps: the digests that were told since it began to. */
  readonly flapping?: readonly string[];
  /** Digests of the contents that were told, the latest last, bounded: a return to one of them is no news. */
  readonly told?: readonly string[];
  /** Event ids of causes already named in an alert of it, bounded. */
  readonly named: readonly string[];
  /** Set while nobody is known to have brought about what was last told (or, while waiting, seen). */
  readonly unexplained?: Unexplained;
}

/** When something came about, as far as it was looked at, ISO 8601 UTC. */
export interface Span {
  /** Before this it was otherwise. */
  readonly after: string;
  /** When it was first seen: no later call can have brought it about. */
  readonly until: string;
}

export interface Unexplained extends Span {
  /** The alert that told it, whose explanation may still come; none while it waits to be told. */
  readonly alert?: string;
}

export interface Unsettled {
  readonly to: "opened" | "changed" | "resolved";
  /** The observation that first showed it. */
  readonly since: string;
  /** Digest of what it would change to; empty for a resolution. */
  readonly digest: string;
  /** For a change: when it came about. */
  readonly span?: Span;
}

/** An alert that is written but not known to be told. */
export interface PendingAlert {
  readonly schema: typeof ledgerSchema;
  /** The alert's id. */
  readonly id: string;
  /** When it was written, ISO 8601 UTC. */
  readonly pendingSince: string;
  readonly alert: Alert;
}

export interface SubjectState {
  readonly observation?: Observation;
  /** All findings of the subject, closed ones too. */
  readonly findings: readonly Finding[];
}

/** The most findings in one save: with the observation and two alerts each it fits a DynamoDB transaction. */
export const findingsPerSave = 30;

/** One atomic write: all of it or none. */
export interface LedgerSave {
  /** The version the save was computed from; 0: the subject had no observation. */
  readonly expects: number;
  /** A further part of an observation whose first part is saved: `observedAt` may then be equal. */
  readonly continues?: true;
  readonly observation: Observation;
  /** Put whole, replacing what was there. At most `findingsPerSave`. */
  readonly findings: readonly Finding[];
  /** At most two for each finding. */
  readonly alerts: readonly PendingAlert[];
}
