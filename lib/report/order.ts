import type { Result, Verdict } from "../model/result.ts";
import { severityRank } from "../model/severity.ts";

/** Whether somebody has to look: failed or undecided, and not suppressed. */
export const isOpen = (result: Result): boolean =>
  (result.verdict === "failed" || result.verdict === "undecided") && result.suppression === undefined;

const verdictRank: Readonly<Record<Verdict, number>> = {
  failed: 0,
  undecided: 1,
  unavailable: 2,
  "not-applicable": 4,
  passed: 5,
};
const suppressedRank = 3;

const rank = (result: Result): number =>
  result.suppression === undefined ? verdictRank[result.verdict] : suppressedRank;

/**
 * Worst first: open failures by severity, open undecided ones, what could not be seen, the suppressed,
 * the rest; then by platform, resource and control, so that the order is the same every time.
 */
export const worstFirst = (results: readonly Result[]): readonly Result[] =>
  results.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      severityRank(b.severity) - severityRank(a.severity) ||
      byText(a.platform, b.platform) ||
      byText(a.resource.arn, b.resource.arn) ||
      byText(a.control, b.control) ||
      byText(a.id, b.id),
  );

/** By code unit: the same on every machine, whatever its locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
