import type { Cause } from "../change/model.ts";
import type { Result, SuppressionMark } from "../model/result.ts";
import type { Severity } from "../model/severity.ts";

export const alertTransitions = [
  "opened",
  "changed",
  "resolved",
  "no-longer-watched",
  "suppressed",
  "suppression-expiring",
  "suppression-ended",
  "flapping",
  "reminder",
] as const;
/**
 * A transition worth telling. `suppression-ended`: it expired or was taken back, and the finding stands.
 * `flapping`: it keeps opening and closing and is told again only when that stops or its content is new.
 * `reminder`: nothing changed, it is still open.
 */
export type AlertTransition = (typeof alertTransitions)[number];

/** All that a renderer needs to tell one transition of one finding. No secret is in it. */
export interface Alert {
  readonly schema: "rolecall.alert.v1";
  /** `<finding>.<sequence>`: the same for every repetition of the same telling. */
  readonly id: string;
  readonly finding: string;
  readonly sequence: number;
  readonly transition: AlertTransition;
  /** The start of the gathering that showed it, ISO 8601 UTC. */
  readonly at: string;
  /** Since when the finding is open. */
  readonly openedAt: string;
  /** Set on what ends it, and on what is told only after it ended. */
  readonly closedAt?: string;
  /** What was seen. For what ends a finding: what it was, as last told. */
  readonly result: Result;
  /** What a change changed: the content as it was last told. */
  readonly before?: Telling;
  /** For a resolution: what is seen now. Undefined when the resource itself is gone. */
  readonly after?: Telling;
  /** The recorded calls that may explain it, oldest first. Empty: unknown. */
  readonly causes: readonly Cause[];
  /** How many further calls are not listed. */
  readonly causesOmitted: number;
  /** Who accepts or accepted it, for alerts about suppressions. */
  readonly suppression?: SuppressionMark;
  /**
   * For `flapping`: openings and closings in the last day. On `opened` and `resolved`: it flapped, and has
   * stayed as it now is since.
   */
  readonly flips?: number;
  /** On `changed`: nothing changed, but a call has come that may explain the telling of this id. */
  readonly explains?: string;
}

/** The telling parts of a result that is not the alert's own. */
export interface Telling {
  readonly digest: string;
  readonly detail: string;
  readonly severity: Severity;
  readonly verdict: Result["verdict"];
  readonly actual: unknown;
}

/**
 * `news`: transitions. `standing`: critical findings still open. `roll`: the weekly list of the others.
 * `test`: nothing happened; somebody asked whether alerts arrive.
 */
export type DigestKind = "news" | "standing" | "roll" | "test";

/** One message to everyone: what SNS, e-mail, Slack and machines are given. */
export interface Digest {
  readonly schema: "rolecall.digest.v1";
  /** Of the alerts in it: the same alerts make the same id. */
  readonly id: string;
  readonly kind: DigestKind;
  /** When it was formed, ISO 8601 UTC. */
  readonly at: string;
  readonly account: string;
  /** Worst first; at most `DigestSettings.inFull`. */
  readonly alerts: readonly Alert[];
  /** The others, worst first, in one line each; bounded. */
  readonly rest: readonly AlertLine[];
  readonly counts: DigestCounts;
  /** For SNS message attributes, so that subscribers can filter. */
  readonly attributes: DigestAttributes;
  /** Where all of it can be read; a sentence. */
  readonly where: string;
}

export interface AlertLine {
  readonly id: string;
  readonly finding: string;
  readonly transition: AlertTransition;
  readonly severity: Severity;
  readonly platform: string;
  readonly title: string;
  /** What happened, as its headline: severity, resource and what was seen. */
  readonly says: string;
  /** The resource's ARN. */
  readonly resource: string;
}

export interface DigestCounts {
  /** Alerts in the digest, told in full or not. */
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly byTransition: Readonly<Partial<Record<AlertTransition, number>>>;
  /** How many of those that `changed` only say who did what was told before; none when undefined. */
  readonly explaining?: number;
  /** By platform and severity; what does not occur is left out. */
  readonly byPlatform: Readonly<Record<string, Readonly<Partial<Record<Severity, number>>>>>;
}

export interface DigestAttributes {
  /** The worst. */
  readonly severity: Severity;
  /** Each that occurs, of a test all, worst first: whoever filters on one must get a digest in which it is not the worst. */
  readonly severities: readonly Severity[];
  readonly account: string;
  readonly platforms: readonly string[];
  readonly regions: readonly string[];
  readonly transitions: readonly AlertTransition[];
}
