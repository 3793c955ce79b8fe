import type { Cause } from "../change/model.ts";
import type { Finding, LedgerSave, Observation, PendingAlert, SubjectState } from "./model.ts";

/**
 * The only memory. Three adapters (memory, file, DynamoDB) and one contract suite. Reads are strongly
 * consistent. An outage throws; it is never an empty answer.
 */
export interface LedgerPort {
  /**
   * The observation is read no later than the findings, so that whoever saves in between makes the
   * reader's save conflict.
   */
  load(subject: string): Promise<SubjectState>;

  /** The observations of an account, in no particular order. */
  observations(account: string): Promise<readonly Observation[]>;

  /** The findings of an account that are not closed, in no particular order. */
  openFindings(account: string): Promise<readonly Finding[]>;

  /**
   * Writes all of it or nothing. `conflict`: the stored version is not the expected one, or the stored
   * `observedAt` is not older than this one (with `continues` it may be equal). Whoever gets a conflict
   * gathers again; old facts are never saved.
   */
  save(save: LedgerSave): Promise<"saved" | "conflict">;

  /** Alerts that wait to be told, oldest first; at most `limit`. */
  pending(limit: number): Promise<readonly PendingAlert[]>;

  /** Forgets alerts that were told. Unknown ids are no error: clearing twice is normal. */
  clear(ids: readonly string[]): Promise<void>;

  /** Keeps a recorded call for the next look at a subject; the same event twice is kept once. */
  note(subject: string, cause: Cause): Promise<void>;

  /** The calls that are kept for a subject, in no particular order. */
  noted(subject: string): Promise<readonly Cause[]>;

  /** Forgets kept calls; unknown ones are no error. */
  forget(subject: string, causes: readonly Cause[]): Promise<void>;

  /**
   * Takes the named lease until `until` when it is free, expired at `now`, or already this owner's.
   * Times are ISO 8601 UTC.
   */
  lease(name: string, owner: string, now: string, until: string): Promise<boolean>;

  /** Gives the lease back; no error when it is not (or no longer) this owner's. */
  release(name: string, owner: string): Promise<void>;
}
