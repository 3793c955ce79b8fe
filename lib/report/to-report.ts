import type { Facts } from "../model/facts.ts";
import type { Report } from "../model/report.ts";
import type { Result, Verdict } from "../model/result.ts";
import { worstFirst } from "./order.ts";

/** The audit's answer, from what was seen and how it was judged. Results stand worst first. */
export function toReport(
  facts: Pick<Facts, "identity" | "at" | "source">,
  results: readonly Result[],
): Report {
  const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
  return {
    schema: "rolecall.report.v1",
    account: facts.identity.account,
    at: facts.at,
    source: facts.source,
    summary: {
      passed: count("passed"),
      failed: count("failed"),
      undecided: count("undecided"),
      unavailable: count("unavailable"),
      notApplicable: count("not-applicable"),
      suppressed: results.filter(({ suppression }) => suppression !== undefined).length,
    },
    results: worstFirst(results),
  };
}
