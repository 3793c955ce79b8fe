import type { AccountIdentity, DocumentSource } from "../../model/facts.ts";
import type { Roster, Seen } from "../../model/seen.ts";

/** One part of the deployed stack: what the template says of it, and what is there. */
export interface PartFacts {
  readonly kind: PartKind;
  /** The logical id in the template. */
  readonly name: string;
  readonly arn: string;
  /** The properties that are watched, as deployed. */
  readonly expected: PartProperties;
  readonly actual: Seen<PartProperties>;
}

export const partKinds = [
  "rule",
  "schedule",
  "queue",
  "topic",
  "role",
  "reader",
  "function",
  "alarm",
  "log",
  "ledger",
] as const;
/** `reader`: the mapping that feeds a queue to a function. */
export type PartKind = (typeof partKinds)[number];

/** `settings` are compared as values, `policies` by meaning. */
export interface PartProperties {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly policies: Readonly<Record<string, PartPolicy>>;
}
export interface PartPolicy {
  readonly kind: "identity" | "trust" | "resource";
  /** Several documents of a role are compared as one. */
  readonly documents: readonly DocumentSource[];
}

export interface TrailFacts {
  readonly arn: string;
  readonly home: string;
  readonly multiRegion: boolean;
  readonly global: boolean;
  readonly logging: Seen<boolean>;
  /** Whether its selectors keep management events that write. */
  readonly managementWrites: Seen<boolean>;
}

export interface SubscriptionFacts {
  /** `email`, `lambda`, `sqs`, `https`, … */
  readonly protocol: string;
  /** Where it leads; an e-mail address is shortened by the adapter. */
  readonly endpoint: string;
  readonly topic: string;
  readonly confirmed: boolean;
  /** It was deployed and is no longer there. */
  readonly gone?: true;
  /** It was deployed without a filter and has one: what the filter leaves out is dropped in silence. */
  readonly filtered?: true;
}

export interface DeadLetterFacts {
  readonly arn: string;
  readonly waiting: Seen<number>;
  /** Whether a queue feeds it: only then can SQS send its messages back. */
  readonly fed: boolean;
}

/** All that Rolecall sees of itself in one look. */
export interface SelfFacts {
  readonly identity: AccountIdentity;
  readonly region: string;
  /** ISO 8601 UTC: when the look began. */
  readonly at: string;
  readonly stack: string;
  readonly parts: Roster<PartFacts>;
  readonly trails: Roster<TrailFacts>;
  /** Of the topics that alerts and alarms go to, with those that were deployed and are gone. */
  readonly subscriptions: Roster<SubscriptionFacts>;
  /** Messages waiting in each dead-letter queue, by the queue's ARN. */
  readonly deadLetters: readonly DeadLetterFacts[];
  /** Since when the oldest alert waits to be told; absent: none waits. */
  readonly oldestPending: Seen<string>;
  /** When an account was last audited whole; absent: never. */
  readonly lastAudit: Seen<string>;
}
