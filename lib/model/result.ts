import type { Place } from "./config.ts";
import type { Severity } from "./severity.ts";

export const verdicts = ["passed", "failed", "undecided", "unavailable", "not-applicable"] as const;
export type Verdict = (typeof verdicts)[number];

export const resourceTypes = [
  "role",
  "instance-profile",
  "user",
  "instance",
  "security-group",
  "subnet",
  "route-table",
  "cluster",
  "account",
  "rolecall",
] as const;
export type ResourceType = (typeof resourceTypes)[number];

export interface Resource {
  readonly arn: string;
  readonly type: ResourceType;
  readonly account: string;
  /** `global` for IAM. */
  readonly region: string;
}

/** A concrete request that proves a difference. Secret values are masked before they get here. */
export interface Witness {
  /** An ARN, a service host, … as `formatPrincipal` in lib/policy writes it. */
  readonly principal?: string | Readonly<Record<string, string>>;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export interface Difference {
  /** `excess`: the account allows it, the baseline does not. `missing`: the other way round. */
  readonly direction: "excess" | "missing";
  readonly witness: Witness;
  /** No action that exists today proves it, only a future one. */
  readonly latent: boolean;
}

export interface RemediationStep {
  readonly text: string;
  /** For a POSIX shell; every value in it is quoted. */
  readonly command?: string;
}

export interface SuppressionMark {
  readonly owner: string;
  readonly reason: string;
  /** ISO 8601 date. */
  readonly until: string;
}

/** One control on one resource. Names of fields are those of the report: they are a contract. */
export interface Result {
  /** Stable over time: account, platform, control and resource. `rc-` and 32 hex digits. */
  readonly id: string;
  /** Of the evidence: changes when the content does. 32 hex digits. */
  readonly digest: string;
  readonly control: string;
  readonly platform: string;
  /** `<platform>/<entry>@<version>` of the catalogue, or `custom/<name>`. */
  readonly baseline: string;
  readonly resource: Resource;
  readonly verdict: Verdict;
  readonly suppression?: SuppressionMark;
  readonly severity: Severity;
  /** The desired state, as a sentence. */
  readonly title: string;
  /** What was seen, as a sentence or two. */
  readonly detail: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly differences: readonly Difference[];
  /** What stops working or becomes possible, in the platform's words. */
  readonly consequence?: string;
  readonly remediation: readonly RemediationStep[];
  /** Why undecided, unavailable or not applicable. */
  readonly reason?: string;
  /** Where a person asked for it: the entry of rolecall.yml, or the baseline. */
  readonly place?: Place;
}
