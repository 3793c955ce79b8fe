import type { Cause } from "../change/model.ts";
import type { Result } from "../model/result.ts";
import type { Alert, AlertTransition, Telling } from "../notify/alert.ts";
import { causesOf, type KnownCalls, nameCauses } from "./causes.ts";
import { makersOf } from "./explain.ts";
import { mayBringAbout, mayEnd } from "./makers.ts";
import type { Finding, Span } from "./model.ts";
import type { Step, StepContext } from "./step.ts";

/** What a telling adds to the finding's own state. */
export interface TellingParts {
  readonly at: string;
  readonly causes: KnownCalls;
  readonly result?: Result;
  readonly before?: Telling;
  readonly after?: Result;
  readonly suppression?: Alert["suppression"];
  readonly flips?: number;
  /** When it came about, where it may still be told who did it. */
  readonly span?: Span;
  readonly explains?: string;
}

/** Names of what a call touched that an alert holds: an item of the ledger has 400 KB, and names are the caller's. */
const mostNamed = 10;

/** Contents that are remembered as told. */
const mostTold = 10;

/** Tells a transition: the next alert of the finding, and the finding with its number counted. */
export function tell(
  finding: Finding,
  transition: AlertTransition,
  parts: TellingParts,
): { readonly finding: Finding; readonly alert: Alert } {
  const { unexplained: _unexplained, ...rest } = finding;
  const sequence = finding.sequence + 1;
  const result = parts.result ?? finding.result;
  const causes: readonly Cause[] = quiet.has(transition)
    ? []
    : causesOf(parts.causes.causes, result, finding.named, (cause) =>
        finding.closedAt === undefined
          ? mayBringAbout(cause, result)
          : mayEnd(cause, result, parts.after === undefined),
      );
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
    causes: causes.map((cause) => ({ ...cause, about: cause.about.slice(0, mostNamed) })),
    causesOmitted: causes.length === 0 ? 0 : parts.causes.omitted,
    ...(parts.suppression === undefined ? {} : { suppression: parts.suppression }),
    ...(parts.flips === undefined ? {} : { flips: parts.flips }),
    ...(parts.explains === undefined ? {} : { explains: parts.explains }),
  };
  const { span } = parts;
  const owed =
    span !== undefined &&
    finding.flapping === undefined &&
    makersOf({ ...parts.causes, causes }, result, span).length === 0;
  return {
    finding: {
      ...rest,
      sequence,
      toldAt: parts.at,
      told: [...(finding.told ?? []).filter((one) => one !== result.digest), result.digest].slice(-mostTold),
      named: nameCauses(finding.named, causes),
      ...(owed ? { unexplained: { ...span, alert: alert.id } } : {}),
    },
    alert,
  };
}

/**
 * Tells once more what was told without its maker, when a call has come that brought it about.
 * INVARIANT: once for a telling at most, and not when another followed it.
 */
export function explained(known: Finding, { at, causes }: StepContext): Step | undefined {
  const { unexplained, id, sequence, result, named } = known;
  if (unexplained === undefined || unexplained.alert !== `${id}.${sequence}`) return undefined;
  const makers = makersOf(causes, result, unexplained);
  if (causesOf(makers, result, named).length === 0) return undefined;
  return tell(known, "changed", {
    at,
    causes: { ...causes, causes: makers, omitted: 0 },
    explains: unexplained.alert,
  });
}

/** Who did it, and is known only now that it is over, is not who ended it. */
export function withoutMakers({ unexplained, result }: Finding, causes: KnownCalls): KnownCalls {
  if (unexplained === undefined) return causes;
  const makers = new Set(makersOf(causes, result, unexplained));
  return { ...causes, causes: causes.causes.filter((cause) => !makers.has(cause)) };
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
