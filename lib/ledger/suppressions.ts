import type { Result, SuppressionMark } from "../model/result.ts";
import { tell, tellingOf } from "./alert-of.ts";
import { boundResult } from "./bound-result.ts";
import type { Finding } from "./model.ts";
import type { Step, StepContext } from "./step.ts";
import { apart, millis } from "./time.ts";

/**
 * An open finding that is or was accepted; undefined when suppression plays no part. The judge marks
 * what a suppression still matches; here it is only told when that begins, is about to end, and ends.
 */
export function suppressionStep(known: Finding, result: Result, context: StepContext): Step | undefined {
  const mark = result.suppression;
  if (mark !== undefined) return accepted(known, result, mark, context);
  if (known.suppression === undefined) return undefined;
  const { suppression, noticed: _noticed, unsettled: _unsettled, ...rest } = known;
  const finding: Finding = { ...rest, digest: result.digest, result: boundResult(result) };
  // An acceptance is tied to content: other content was never accepted.
  const transition = known.digest === result.digest ? "suppression-ended" : "changed";
  return tell(finding, transition, {
    at: context.at,
    causes: context.causes,
    suppression,
    ...(transition === "changed" ? { before: tellingOf(known.result) } : {}),
    ...(transition === "changed" && context.span !== undefined ? { span: context.span } : {}),
  });
}

function accepted(known: Finding, result: Result, mark: SuppressionMark, context: StepContext): Step {
  const { unsettled: _unsettled, flapping: _flapping, ...rest } = known;
  const finding: Finding = {
    ...rest,
    digest: result.digest,
    result: boundResult(result),
    suppression: mark,
  };
  const parts = { at: context.at, causes: context.causes, suppression: mark };
  if (known.suppression === undefined) return tell(finding, "suppressed", parts);
  // One that is for a few days only says so when it is told; notice follows a day later at the earliest.
  const rested = apart(known.toldAt ?? "", context.at, 86_400);
  if (known.noticed !== mark.until && rested && endsSoon(mark, context)) {
    return tell({ ...finding, noticed: mark.until }, "suppression-expiring", parts);
  }
  const same =
    known.flapping === undefined &&
    known.unsettled === undefined &&
    known.digest === result.digest &&
    known.suppression.until === mark.until &&
    known.suppression.owner === mark.owner &&
    known.suppression.reason === mark.reason;
  return { finding: same ? known : finding };
}

/** `until` is the last day on which it holds, UTC. */
function endsSoon(mark: SuppressionMark, { at, settings }: StepContext): boolean {
  const end = (millis(mark.until) ?? 0) + 86_400_000;
  return end - (millis(at) ?? 0) <= settings.suppressionNoticeDays * 86_400_000;
}
