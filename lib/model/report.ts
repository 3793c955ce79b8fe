import type { Result } from "./result.ts";

export interface ReportSummary {
  readonly passed: number;
  readonly failed: number;
  readonly undecided: number;
  readonly unavailable: number;
  readonly notApplicable: number;
  /** Of the failed and undecided ones: how many are suppressed. */
  readonly suppressed: number;
}

/** The audit's answer. A contract: lib/report/report.schema.json holds every output to it. */
export interface Report {
  readonly schema: "rolecall.report.v1";
  readonly account: string;
  /** ISO 8601 UTC: when the gathering began. */
  readonly at: string;
  readonly source: "live" | "snapshot";
  readonly summary: ReportSummary;
  readonly results: readonly Result[];
}
