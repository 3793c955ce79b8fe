import type { Suppression } from "../../model/config.ts";
import type { ControlInfo } from "../../model/control.ts";
import type { Result } from "../../model/result.ts";
import { type Outcome, passed } from "../control.ts";

export const suppressionCurrent: ControlInfo = {
  id: "suppression-current",
  title: "A suppression still matches the finding that was accepted, and has not expired",
  severity: "info",
  resource: "rolecall",
  rationale:
    "A suppression accepts one finding with one content until a day. Past that day, or when the content changed, it hides nothing, and says so.",
};

/**
 * Controls whose content is a secret, so that their digest cannot follow it: a suppression of one would
 * also hide the next value. Configure the value that is meant, or lower the severity.
 */
const unsuppressible: ReadonlySet<string> = new Set(["trust-external-id"]);

const holds = ({ until }: Suppression, now: Date): boolean => now.toISOString().slice(0, 10) <= until;

/** Marks the results that are accepted. A mark is no verdict: what failed stays failed. */
export function markSuppressed(
  results: readonly Result[],
  suppressions: readonly Suppression[],
  now: Date,
): readonly Result[] {
  if (suppressions.length === 0) return results;
  const byFinding = new Map(
    suppressions.filter((each) => holds(each, now)).map((each) => [`${each.id}@${each.digest}`, each]),
  );
  return results.map((result) => {
    const suppression = byFinding.get(`${result.id}@${result.digest}`);
    if (suppression === undefined || unsuppressible.has(result.control)) return result;
    if (result.verdict !== "failed" && result.verdict !== "undecided") return result;
    const { owner, reason, until } = suppression;
    return { ...result, suppression: { owner, reason, until } };
  });
}

/** What a suppression has come to, given all results of the account. */
export function judgeSuppression(suppression: Suppression, results: readonly Result[], now: Date): Outcome {
  const { id, digest, owner, until } = suppression;
  const result = results.find((each) => each.id === id);
  const told = (detail: string, text: string): Outcome => ({
    verdict: "failed",
    detail: `${detail} Owner: ${owner}.`,
    expected: { finding: `${id}@${digest}`, until },
    actual:
      result === undefined
        ? "no such finding"
        : { finding: `${id}@${result.digest}`, verdict: result.verdict },
    steps: [{ text }],
  });
  if (result === undefined || (result.verdict !== "failed" && result.verdict !== "undecided")) {
    if (result?.verdict === "unavailable") return passed("What it accepts cannot be seen now.");
    return told("There is nothing to suppress any more.", "Take the suppression out of the configuration.");
  }
  if (unsuppressible.has(result.control))
    return told(
      "A finding about an ExternalId cannot be suppressed: its content is secret, so another value would be hidden too.",
      "Configure the ExternalId that is meant, or give the control another severity.",
    );
  if (!holds(suppression, now))
    return told(
      `The suppression expired on ${until}.`,
      "Mend what it accepted, or accept it anew with a later day.",
    );
  if (result.digest !== digest)
    return told(
      "The finding is no longer what was accepted: its content changed.",
      `Look at it again, and accept \`${id}@${result.digest}\` if it is all right.`,
    );
  return passed(`It holds until ${until}.`);
}
