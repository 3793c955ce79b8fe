import type { Report } from "../model/report.ts";
import { type Severity, severityRank } from "../model/severity.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";

/** 1 for an open failure at or above the threshold; else 3 for anything undecided or unseen; else 0. */
export function exitCodeOf(report: Report, failOn: Severity): ExitCode {
  const open = report.results.filter(({ suppression }) => suppression === undefined);
  if (open.some((r) => r.verdict === "failed" && severityRank(r.severity) >= severityRank(failOn)))
    return exitCode.findings;
  return open.some((r) => r.verdict === "undecided" || r.verdict === "unavailable")
    ? exitCode.unsure
    : exitCode.clean;
}
