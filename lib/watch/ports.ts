import type { Cause } from "../change/model.ts";
import type { FactsPort } from "../gather/port.ts";
import type { LedgerPort } from "../ledger/port.ts";
import type { TransitionSettings } from "../ledger/settings.ts";
import type { Log } from "../log.ts";
import type { Facts } from "../model/facts.ts";
import type { Result } from "../model/result.ts";
import type { Scope } from "../model/scope.ts";
import type { Companions } from "./companions.ts";

/** A further look at a scope, sent to oneself: the body of a queue's message. */
export interface Look {
  readonly rolecall: "look";
  readonly version: 1;
  readonly scope: Scope;
  /** `settled`: the second look. `unseen`: the scope could not be seen. `audit`: a scheduled pass. */
  readonly why: "settled" | "unseen" | "audit";
  /** Recorded calls that may explain what the look finds, where the scope's own memory lacks them. */
  readonly causes?: readonly Cause[];
}

/** Sends a look to be taken later, at least once. SQS holds a message back for at most 15 minutes. */
export interface Later {
  look(look: Look, delaySeconds: number): Promise<void>;
}

/** Asks the flusher to tell what is pending; it collects for a while before it does. */
export interface Nudge {
  nudge(): Promise<void>;
}

/** All that the pipeline touches. Time and judgement are arguments, so that tests own them. */
export interface WatchPorts {
  readonly facts: FactsPort;
  readonly ledger: LedgerPort;
  readonly later: Later;
  readonly nudge: Nudge;
  readonly log: Log;
  /** The controls over the facts of a scope: `judge` with the configuration applied. */
  judge(
    facts: Facts,
    options: { scope: Scope; now: string; settled: boolean },
  ): Promise<readonly Result[]> | readonly Result[];
  /** Digest of the configuration that `judge` applies: another one finds other things. */
  readonly judgedBy?: string;
  /** Whether the configuration still asks what led to a result. Pure. */
  readonly stillAsked: (result: Result) => boolean;
  /** Whether anything that is configured hangs on a scope, after these calls; everything does when undefined. */
  concerns?(scope: Scope, causes: readonly Cause[]): boolean;
  /** The scope in the letters of the configuration: IAM takes a name in any. As it is when undefined. */
  spelled?(scope: Scope): Scope;
  /** What is read and looked at along with a scope; nothing when undefined. */
  companions?(scope: Scope): Companions;
  /**
   * Whether a role of this name, come or gone, may change what is asked of the account as a whole (an
   * entry's pattern that matches nothing). Any may when undefined.
   */
  countedByPattern?(role: string): boolean;
  /** Judges Rolecall's own parts; without it self scopes are left alone. */
  self?(scope: Scope, causes: readonly Cause[], now: string): Promise<readonly Result[]>;
  /** ISO 8601 UTC with milliseconds. */
  readonly now: () => string;
  readonly settings: TransitionSettings;
}

/** One message of a batch: SQS's, or a bare event under an id of its own. */
export interface Message {
  readonly id: string;
  /** Parsed JSON; undefined when it did not parse. */
  readonly body: unknown;
}

export interface BatchOutcome {
  /** Ids of the messages to be delivered again. */
  readonly failed: readonly string[];
  readonly changes: number;
  readonly ignored: number;
  readonly malformed: number;
  /** Keys of the scopes that were judged. */
  readonly scopes: readonly string[];
  readonly alerts: number;
  readonly unseen: number;
}
