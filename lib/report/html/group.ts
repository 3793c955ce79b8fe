import type { Result } from "../../model/result.ts";

/** What a reader filters by: the verdict, or that the finding is accepted. */
export const groups = ["failed", "undecided", "unseen", "suppressed", "passed", "not-applicable"] as const;
export type Group = (typeof groups)[number];

export const groupLabels: Readonly<Record<Group, string>> = {
  failed: "failed",
  undecided: "undecided",
  unseen: "not seen",
  suppressed: "suppressed",
  passed: "passed",
  "not-applicable": "not applicable",
};

export function groupOf(result: Result): Group {
  if (result.suppression !== undefined) return "suppressed";
  return result.verdict === "unavailable" ? "unseen" : result.verdict;
}
