import type { Scope } from "../model/scope.ts";

/** Who asked for a change, as far as the record says. Every text is the record's own: hostile until rendered. */
export interface Actor {
  /** `unknown`: the record names nobody. `service`: AWS itself, on its own behalf. */
  readonly kind: "user" | "role" | "root" | "service" | "account" | "unknown";
  /** An ARN, a service's host, an account id; `unknown` when the record names nobody. */
  readonly who: string;
  /** Whom a session says to stand for (`sourceIdentity`, or `onBehalfOf`): many may take the same role. */
  readonly as?: string;
  /**
   * The service that made the call for the actor (`invokedBy`): Auto Scaling launches can show root. Else the function
   * or task that its credentials were given to (`inScopeOf`).
   */
  readonly via?: string;
  /** `sourceIPAddress`: an address, or a service's host. */
  readonly from?: string;
  /** `userAgent`. */
  readonly with?: string;
}

/** One recorded call that may explain a transition: what a ledger keeps of an event. */
export interface Cause {
  /** CloudTrail's `eventID`; unique, and equal for duplicates. */
  readonly event: string;
  /** `iam:UpdateAssumeRolePolicy`, or `tag:TagChange` for a tag event, which names nobody. */
  readonly action: string;
  /** `eventTime`, ISO 8601 UTC. */
  readonly at: string;
  readonly actor: Actor;
  /** Names and ids of what was touched, bounded: two people may be at work in one region. */
  readonly about: readonly string[];
}

/** A watched event, read: only what says where to look, and who. Its own documents are never trusted. */
export interface Change {
  readonly cause: Cause;
  /** Twelve digits: the account the event is about. */
  readonly account: string;
  readonly region: string;
  readonly scopes: readonly Scope[];
  /** Why the scopes are wider than the event's kind asks for: its parameters were missing, cut or odd. */
  readonly widened?: string;
}

/** Why an event leads nowhere: what the report of events counts. */
export type IgnoreReason =
  | "failed call"
  | "read only"
  | "dry run"
  | "another service"
  | "not in the table"
  | "no resource we watch";

/** What reading an event came to. A value that is no event at all is `malformed`, never an exception. */
export type ReadEvent =
  | { readonly kind: "change"; readonly change: Change }
  | { readonly kind: "ignored"; readonly reason: IgnoreReason; readonly name: string }
  | { readonly kind: "malformed"; readonly reason: string };
