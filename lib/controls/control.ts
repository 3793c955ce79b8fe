import type { ResolvedConfig, WatchedRole } from "../model/config.ts";
import type { ControlInfo } from "../model/control.ts";
import type { Facts, RoleFacts } from "../model/facts.ts";
import type { Difference, RemediationStep } from "../model/result.ts";
import type { Severity } from "../model/severity.ts";
import type { Compare } from "./compare-policies.ts";
import type { Lookups } from "./lookups.ts";
import type { PermissionsAnalysis } from "./permissions/analyse-permissions.ts";
import type { TrustAnalysis } from "./trust/analyse-trust.ts";

/** What a control found out about one resource. */
export type Outcome = Passed | Told | Unseen | NotApplicable;

export interface Passed {
  readonly verdict: "passed";
  readonly detail: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

export interface Told {
  readonly verdict: "failed" | "undecided";
  readonly detail: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly differences?: readonly Difference[];
  readonly consequence?: string;
  /** Why undecided. */
  readonly reason?: string;
  /** What the case asks for, when it is not the control's own severity. */
  readonly severity?: Severity;
  readonly steps: readonly RemediationStep[];
  /** What the finding's content is, when `expected` and `actual` do not say all of it. */
  readonly evidence?: unknown;
}

/** Could not see. */
export interface Unseen {
  readonly verdict: "unavailable";
  readonly detail: string;
  readonly reason: string;
}

export interface NotApplicable {
  readonly verdict: "not-applicable";
  readonly detail: string;
  readonly reason: string;
}

/** One role that an entry of the configuration is about. */
export interface RoleContext {
  readonly facts: Facts;
  readonly config: ResolvedConfig;
  readonly watched: WatchedRole;
  readonly role: RoleFacts;
  readonly lookups: Lookups;
  readonly compare: Compare;
  /** The whole account was looked at, or at least the role that should assume this one. */
  readonly whole: boolean;
  readonly settled: boolean;
  /** Each is worked out once, when the first control asks. */
  readonly trust: () => TrustAnalysis;
  readonly permissions: () => PermissionsAnalysis;
}

/** One check on one role. `undefined`: this role is not asked for it. */
export interface RoleControl extends ControlInfo {
  readonly evaluate: (context: RoleContext) => Outcome | undefined;
}

export const passed = (detail: string, expected?: unknown, actual?: unknown): Passed => ({
  verdict: "passed",
  detail,
  ...(expected === undefined ? {} : { expected }),
  ...(actual === undefined ? {} : { actual }),
});

export const notApplicable = (reason: string): NotApplicable => ({
  verdict: "not-applicable",
  detail: reason,
  reason,
});

export const unseen = (what: string, action: string, why: string): Unseen => ({
  verdict: "unavailable",
  detail: `Could not see ${what}.`,
  reason: `${action}: ${why}`,
});

/** A control that this one leaves the telling to, so that one cause is one finding. */
export const toldBy = (control: string): NotApplicable => notApplicable(`Told by ${control}.`);
