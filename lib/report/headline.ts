import type { Report } from "../model/report.ts";
import { severities } from "../model/severity.ts";
import { isOpen } from "./order.ts";

/** `good`: nothing open, all seen. `unsure`: nothing failed, but not everything is known. */
type Mood = "good" | "unsure" | "bad";

export interface Headline {
  readonly mood: Mood;
  /** Are we all right? One sentence. */
  readonly answer: string;
  /** What stands behind the answer, a sentence each. */
  readonly notes: readonly string[];
}

/** Findings of severity `info` are worth knowing and keep nobody from being all right. */
export function headline(report: Report): Headline {
  const open = report.results.filter(isOpen);
  const failed = open.filter((r) => r.verdict === "failed" && r.severity !== "info");
  const infos = open.filter((r) => r.verdict === "failed" && r.severity === "info").length;
  const undecided = open.filter((r) => r.verdict === "undecided").length;
  const { passed, unavailable, suppressed } = report.summary;
  const notes = [
    ...(failed.length > 0 && undecided > 0
      ? [`${count(undecided, "check")} could not be decided and should be looked at.`]
      : []),
    ...(failed.length > 0 && unavailable > 0
      ? [`${count(unavailable, "check")} could not be made: something could not be read.`]
      : []),
    ...(infos > 0 ? [`${count(infos, "note")} for information.`] : []),
    ...(suppressed > 0
      ? [`${count(suppressed, "finding")} accepted by someone until a day they named.`]
      : []),
    ...(passed > 0 ? [`${count(passed, "check")} passed.`] : []),
  ];
  if (failed.length > 0) {
    const worst = severities.toReversed().find((s) => failed.some((r) => r.severity === s)) ?? "low";
    const worstCount = failed.filter((r) => r.severity === worst).length;
    const which =
      failed.length === 1
        ? `and it is ${worst}`
        : worstCount === failed.length
          ? `all of them ${worst}`
          : `${worstCount} of them ${worst}`;
    return { mood: "bad", answer: `No: ${count(failed.length, "finding")}, ${which}.`, notes };
  }
  if (undecided > 0 || unavailable > 0) {
    const parts = [
      ...(undecided > 0 ? [`${count(undecided, "check")} could not be decided`] : []),
      ...(unavailable > 0 ? [`${count(unavailable, "check")} could not be made`] : []),
    ];
    return { mood: "unsure", answer: `Not known: ${parts.join(" and ")}.`, notes };
  }
  if (report.results.every((r) => r.verdict === "not-applicable"))
    return { mood: "unsure", answer: "Not known: nothing was checked.", notes };
  if (report.results.every(({ resource: { type } }) => type === "account" || type === "rolecall"))
    return { mood: "unsure", answer: "Not known: no role and no cluster is watched.", notes };
  return { mood: "good", answer: "Yes: every role, profile and tag answers as expected.", notes };
}

/** `1 check`, `2 checks`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
