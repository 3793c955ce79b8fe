import type { Cause } from "../change/model.ts";
import type { Result } from "../model/result.ts";
import type { Alert, AlertTransition, Telling } from "../notify/alert.ts";
import { causesOf, type KnownCauses, nameCauses } from "./causes.ts";
import type { Finding } from "./model.ts";

/** What a telling adds to the finding's own state. */
export interface TellingParts {
  readonly at: string;
  readonly causes: KnownCauses;
  readonly result?: Result;
  readonly before?: Telling;
  readonly after?: Result;
  readonly suppression?: Alert["suppression"];
  readonly flips?: number;
}

/** Tells a transition: the next alert of the finding, and the finding with its number counted. */
export function tell(
  finding: Finding,
  transition: AlertTransition,
  parts: TellingParts,
): { readonly finding: Finding; readonly alert: Alert } {
  const sequence = finding.sequence + 1;
  const result = parts.result ?? finding.result;
  const causes: readonly Cause[] = quiet.has(transition)
    ? []
    : causesOf(parts.causes.causes, result, finding.named);
  const alert: Alert = {
    schema: "rolecall.alert.v1",
    id: `${finding.id}.${sequence}`,
    finding: finding.id,
    sequence,
    transition,
    at: parts.at,
    openedAt: finding.openedAt,
    ...(finding.closedAt === undefined ? {} : { closedAt: finding.closedAt }),
    result,
    ...(parts.before === undefined ? {} : { before: parts.before }),
    ...(parts.after === undefined ? {} : { after: tellingOf(parts.after) }),
    causes,
    causesOmitted: causes.length === 0 ? 0 : parts.causes.omitted,
    ...(parts.suppression === undefined ? {} : { suppression: parts.suppression }),
    ...(parts.flips === undefined ? {} : { flips: parts.flips }),
  };
  return {
    finding: { ...finding, sequence, toldAt: parts.at, named: nameCauses(finding.named, causes) },
    alert,
  };
}

/** Nobody's call explains that time has passed or that the configuration was edited. */
const quiet: ReadonlySet<AlertTransition> = new Set([
  "reminder",
  "no-longer-watched",
  "suppressed",
  "suppression-expiring",
  "suppression-ended",
]);

export const tellingOf = (result: Result): Telling => ({
  digest: result.digest,
  detail: result.detail,
  severity: result.severity,
  verdict: result.verdict,
  actual: result.actual,
});
