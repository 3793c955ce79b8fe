import type { Result } from "../model/result.ts";
import { severityRank } from "../model/severity.ts";
import type { Alert, AlertTransition } from "../notify/alert.ts";
import { explained, type TellingParts, tell, tellingOf, withoutMakers } from "./alert-of.ts";
import { boundResult } from "./bound-result.ts";
import type { KnownCalls } from "./causes.ts";
import { beginsToFlap, cameToRest, flip, mostFlapping } from "./flapping.ts";
import { type Finding, ledgerSchema, type Span, type Unsettled } from "./model.ts";
import type { TransitionSettings } from "./settings.ts";
import { suppressionStep } from "./suppressions.ts";
import { apart, lastWeekly, millis } from "./time.ts";

/** What a pass saw of one finding. */
export type Sight =
  | { readonly seen: "bad"; readonly result: Result }
  | { readonly seen: "good"; readonly result: Result }
  /** The resource, or what was wrong with it, is gone. */
  | { readonly seen: "gone" }
  /** The configuration no longer asks. */
  | { readonly seen: "unwatched" }
  | { readonly seen: "unseen" };

export interface StepContext {
  /** The start of the gathering. */
  readonly at: string;
  readonly subject: string;
  readonly account: string;
  readonly causes: KnownCalls;
  /** When the last recorded call was made; undefined when none is known since the last settled pass. */
  readonly changedAt: string | undefined;
  /** When came about what this pass is the first to see; undefined when nobody looked before. */
  readonly span: Span | undefined;
  /** A scheduled pass: the time to remind of what stands. */
  readonly remind: boolean;
  /** The first look ever, which no recorded call led to: what is there has been there. */
  readonly first: boolean;
  readonly settings: TransitionSettings;
}

/** The finding as it is now, and what is to be told of it. The same finding: nothing to write. */
export interface Step {
  readonly finding?: Finding;
  readonly alert?: Alert;
}

/** One finding, one pass. Pure; the whole of what opens, changes and resolves findings is here. */
export function step(known: Finding | undefined, sight: Sight, context: StepContext): Step {
  const next = advance(known, sight, context);
  const finding = next.finding ?? known;
  if (next.alert !== undefined || finding === undefined) return next;
  return afterwards(finding, next, sight, context);
}

function advance(known: Finding | undefined, sight: Sight, context: StepContext): Step {
  switch (sight.seen) {
    case "unseen":
      return keep(known);
    case "bad":
      return known === undefined || known.state !== "open"
        ? opening(known, sight, context)
        : standing(known, sight, context);
    case "good":
      return ending(known, sight.result, context);
    case "gone":
      return ending(known, undefined, context);
    case "unwatched":
      return unwatched(known, context);
    default:
      return sight satisfies never;
  }
}

const keep = (finding: Finding | undefined): Step => (finding === undefined ? {} : { finding });

/** Told at the first read; the rest waits until IAM has settled. */
const urgent = (result: Result): boolean =>
  result.verdict === "undecided" ||
  result.severity === "critical" ||
  result.resource.type === "rolecall" ||
  result.differences.some((difference) => difference.direction === "excess");

/** Schedules jitter: a reminder that is due in a moment is due. */
const punctual = 0.95;

/**
 * Whether what was first seen at `since` may be believed: seen settled after the last recorded call, or
 * seen again after the settling time, or changing for so long that waiting helps nobody.
 */
function believed(since: string, { at, changedAt, first, settings }: StepContext): boolean {
  if (first && changedAt === undefined) return true;
  const settled = changedAt === undefined || apart(changedAt, at, settings.settleSeconds);
  if (changedAt !== undefined && settled) return true;
  return (
    apart(since, at, settings.settleAtMostSeconds) || (settled && apart(since, at, settings.settleSeconds))
  );
}

type Bad = Extract<Sight, { seen: "bad" }>;

function opening(known: Finding | undefined, sight: Bad, context: StepContext): Step {
  const waited = known?.state === "waiting" ? known.openedAt : undefined;
  const openedAt = waited ?? context.at;
  const {
    closedAt: _closedAt,
    unsettled: _unsettled,
    unexplained,
    ...before
  } = known ?? newborn(sight, context);
  const { digest } = sight.result;
  const span =
    known === undefined || waited === undefined
      ? context.span
      : spanOfWaiting({ digest: known.digest, ...spanned(unexplained) }, digest, context);
  const finding: Finding = {
    ...before,
    state: "waiting",
    openedAt,
    digest,
    result: boundResult(sight.result),
  };
  if (!urgent(sight.result) && !believed(openedAt, context)) {
    return { finding: span === undefined ? finding : { ...finding, unexplained: span } };
  }
  const open: Finding = { ...finding, state: "open" };
  if (sight.result.suppression !== undefined) {
    const { flapping: _flapping, ...silent } = open;
    return { finding: { ...silent, suppression: sight.result.suppression } };
  }
  const { suppression: _suppression, ...told } = open;
  return flipped(told, "opened", { at: context.at, causes: context.causes, ...spanned(span) }, context);
}

function newborn(sight: Bad, context: StepContext): Finding {
  return {
    schema: ledgerSchema,
    id: sight.result.id,
    subject: context.subject,
    account: context.account,
    state: "waiting",
    digest: sight.result.digest,
    sequence: 0,
    openedAt: context.at,
    result: sight.result,
    flips: [],
    named: [],
  };
}

function standing(known: Finding, sight: Bad, context: StepContext): Step {
  const { result } = sight;
  const waited = known.unsettled?.to === "changed" ? known.unsettled : undefined;
  const since = waited?.since ?? context.at;
  const span = waited === undefined ? context.span : spanOfWaiting(waited, result.digest, context);
  const early = known.digest !== result.digest && !urgent(result) && !believed(since, context);
  const suppressed =
    early && result.suppression === undefined
      ? undefined
      : suppressionStep(known, result, { ...context, span });
  if (suppressed !== undefined) return suppressed;
  if (sameContent(known, result)) {
    const step = settle(known);
    return explained(step.finding, context) ?? step;
  }
  if (!urgent(result) && !believed(since, context)) {
    return waitFor(known, { to: "changed", since, digest: result.digest, ...spanned(span) });
  }
  const { unsettled: _unsettled, ...rest } = known;
  const finding: Finding = { ...rest, digest: result.digest, result: boundResult(result) };
  const parts: TellingParts = {
    at: context.at,
    causes: context.causes,
    before: tellingOf(known.result),
    // That the configuration calls it worse is nobody's call.
    ...(known.digest === result.digest ? {} : spanned(span)),
  };
  return known.digest === result.digest
    ? tell(finding, "changed", parts)
    : turned(finding, known, parts, context);
}

/** A change of content: told, unless it has gone back and forth too often of late. */
function turned(finding: Finding, known: Finding, parts: TellingParts, context: StepContext): Step {
  const { digest } = finding;
  if (finding.flapping === undefined) {
    if (known.told?.includes(digest) !== true) return tell(finding, "changed", parts);
    const after = flip(finding, context.at);
    if (!beginsToFlap(after, context.settings)) return tell(after, "changed", parts);
    return tell({ ...after, flapping: [known.digest, digest] }, "flapping", {
      ...parts,
      flips: after.flips.length,
    });
  }
  const after = flip(finding, context.at);
  return finding.flapping.includes(digest) || finding.flapping.length >= mostFlapping
    ? { finding: after }
    : tell({ ...after, flapping: [...finding.flapping, digest] }, "changed", parts);
}

const spanned = (span: Span | undefined): { readonly span?: Span } => (span === undefined ? {} : { span });

/** When came about what is there now, if something waited: later, where it is not what waited. */
function spanOfWaiting(
  waited: Pick<Unsettled, "digest" | "span">,
  digest: string,
  { span }: StepContext,
): Span | undefined {
  return waited.span === undefined || waited.digest === digest ? waited.span : span;
}

/** Content is what was judged; that configuration now calls it worse is worth telling, milder is not. */
const sameContent = (known: Finding, result: Result): boolean =>
  known.digest === result.digest &&
  known.result.verdict === result.verdict &&
  severityRank(known.result.severity) >= severityRank(result.severity);

function ending(known: Finding | undefined, after: Result | undefined, context: StepContext): Step {
  if (known === undefined || known.state === "closed") return keep(known);
  if (known.state === "waiting") return { finding: closed(known, context.at) };
  const since = known.unsettled?.to === "resolved" ? known.unsettled.since : context.at;
  if (!believed(since, context)) return waitFor(known, { to: "resolved", since, digest: "" });
  const finding = closed(known, context.at);
  if (known.suppression !== undefined) return { finding };
  const parts: TellingParts = {
    at: context.at,
    causes: withoutMakers(known, context.causes),
    ...(after === undefined ? {} : { after: boundResult(after) }),
  };
  return flipped(finding, "resolved", parts, context);
}

function unwatched(known: Finding | undefined, context: StepContext): Step {
  if (known === undefined || known.state === "closed") return keep(known);
  const finding = closed(known, context.at);
  if (known.state === "waiting" || known.suppression !== undefined) return { finding };
  const { flapping: _flapping, ...rest } = finding;
  return tell(rest, "no-longer-watched", { at: context.at, causes: context.causes });
}

function closed(known: Finding, at: string): Finding {
  const { unsettled: _unsettled, ...rest } = known;
  return { ...rest, state: "closed", closedAt: at };
}

function settle(known: Finding): { readonly finding: Finding } {
  if (known.unsettled === undefined) return { finding: known };
  const { unsettled: _unsettled, ...finding } = known;
  return { finding };
}

function waitFor(known: Finding, unsettled: Unsettled): Step {
  const same = known.unsettled?.to === unsettled.to && known.unsettled.digest === unsettled.digest;
  return { finding: same ? known : { ...known, unsettled } };
}

/** An opening or a closing: told, unless it has done so too often of late. */
function flipped(
  finding: Finding,
  transition: Extract<AlertTransition, "opened" | "resolved">,
  parts: TellingParts,
  context: StepContext,
): Step {
  const after = flip(finding, context.at);
  if (beginsToFlap(after, context.settings)) {
    const flapping: Finding = { ...after, flapping: [after.digest] };
    return tell(flapping, "flapping", { ...parts, flips: after.flips.length });
  }
  if (after.flapping === undefined) return tell(after, transition, parts);
  const news = transition === "opened" && !after.flapping.includes(after.digest);
  return news && after.flapping.length < mostFlapping
    ? tell({ ...after, flapping: [...after.flapping, after.digest] }, transition, parts)
    : { finding: after };
}

/** What time alone brings: the end of flapping, and reminders. */
function afterwards(finding: Finding, next: Step, sight: Sight, context: StepContext): Step {
  const { at, settings } = context;
  if (finding.state === "waiting" || finding.suppression !== undefined) return next;
  const seen = sight.seen !== "unseen" && finding.unsettled === undefined;
  if (seen && cameToRest(finding, at, settings)) {
    const { flapping: _flapping, ...rest } = finding;
    const transition = finding.state === "open" ? "opened" : "resolved";
    return tell({ ...rest, flips: [] }, transition, {
      at,
      causes: context.causes,
      flips: finding.flips.length,
    });
  }
  if (!context.remind || finding.state !== "open" || finding.toldAt === undefined) return next;
  const due =
    finding.result.severity === "critical"
      ? apart(finding.toldAt, at, settings.remindCriticalSeconds * punctual)
      : (millis(finding.toldAt) ?? 0) <
        (millis(lastWeekly(at, settings.roll.weekday, settings.roll.hour)) ?? 0);
  return due ? tell(finding, "reminder", { at, causes: context.causes }) : next;
}
