import type { Cause } from "../change/model.ts";
import { evidenceDigest } from "../model/finding-id.ts";
import type { Resource, Result } from "../model/result.ts";
import type { Alert } from "../notify/alert.ts";
import { blindnessAfter, blindnessControl, blindnessResult } from "./blindness.ts";
import { addCauses, isAhead, type KnownCauses, latest } from "./causes.ts";
import { type Finding, ledgerSchema, type Observation, type Span, type SubjectState } from "./model.ts";
import type { TransitionSettings } from "./settings.ts";
import { type Sight, type StepContext, step } from "./step.ts";
import { apart, secondsBefore } from "./time.ts";

/** What one gathering showed of one subject. */
export interface SubjectPass {
  /** `scopeKey` of the subject. */
  readonly subject: string;
  readonly account: string;
  /** The start of the gathering, ISO 8601 UTC. */
  readonly at: string;
  readonly results: readonly Result[];
  /** Whether a finding that is not among the results may be ended: the whole subject was looked at. */
  readonly whole: boolean;
  /** Whether a resource that no result speaks of could have been seen. */
  sees(resource: Resource): boolean;
  /** Whether the configuration still asks what led to a result. */
  stillAsked(result: Result): boolean;
  /** Why the subject as such could not be seen; single results may be unavailable besides. */
  readonly unseen?: string;
  /** False where blindness is counted elsewhere: an account that cannot be read is one finding, not many. */
  readonly countsBlindness: boolean;
  /** Recorded calls that this pass follows. */
  readonly causes: readonly Cause[];
  /** How many further calls it follows; none when undefined. */
  readonly causesOmitted?: number;
  /** The end of the gathering, ISO 8601 UTC: what was called later was not seen. `at` when undefined. */
  readonly until?: string;
  /** Digest of the configuration that is judged by; there is but one when undefined. */
  readonly judgedBy?: string;
  /** When a look at more than the subject judged all of it by the same, where it has no observation of its own. */
  readonly lookedAt?: string;
  /** ARNs of the policies that hang on the role; none when undefined. */
  readonly policies?: readonly string[];
  readonly remind: boolean;
  /** The scope was never looked at before: what is found has not just begun. */
  readonly first?: boolean;
}

export interface Transition {
  readonly observation: Observation;
  /** Only those to be written. */
  readonly findings: readonly Finding[];
  /** Each belongs to one of `findings`. */
  readonly alerts: readonly Alert[];
  /** Something waits to be seen again before it is believed. */
  readonly unsettled: boolean;
  /** Passes in a row without sight, this one included. */
  readonly blindPasses: number;
  /** The calls known to this pass, those that its observation lets go of included. */
  readonly causes: KnownCauses;
}

/**
 * What is known of a subject and what a pass saw of it: the next state, and what is to be told. Pure.
 * INVARIANT: the same pass over its own outcome tells nothing more.
 */
export function transition(known: SubjectState, pass: SubjectPass, settings: TransitionSettings): Transition {
  const before = known.observation;
  const causes = addCauses(
    { causes: before?.causes ?? [], omitted: before?.causesOmitted ?? 0 },
    pass.causes,
    pass.causesOmitted,
  );
  // A call that does not say when it was made, or says a time to come, was made when it was first heard of.
  const past = latest(causes.causes.filter((cause) => !isAhead(cause, pass.at)));
  const ahead = pass.causes.some((cause) => isAhead(cause, pass.at));
  const changedAt = ahead ? pass.at : (past ?? (pass.causes.length > 0 ? pass.at : undefined));
  const context: StepContext = {
    at: pass.at,
    subject: pass.subject,
    account: pass.account,
    causes: { ...causes, policies: pass.policies ?? [] },
    changedAt,
    span: spanOf(before, pass, settings),
    remind: pass.remind,
    first: pass.first === true,
    settings,
  };

  const reason = pass.unseen ?? pass.results.find((result) => result.verdict === "unavailable")?.reason;
  const blind = pass.countsBlindness ? blindnessAfter(before?.blind, pass.at, reason) : before?.blind;
  const ownSight = pass.countsBlindness ? blindnessResult(pass, blind, pass.at, settings) : undefined;

  const results = new Map(pass.results.map((result) => [result.id, result]));
  if (ownSight !== undefined) results.set(ownSight.id, ownSight);
  const findings = new Map(known.findings.map((finding) => [finding.id, finding]));
  const decided = { ...before?.decided };

  const written: Finding[] = [];
  const alerts: Alert[] = [];
  let unsettled = false;
  for (const id of new Set([...findings.keys(), ...results.keys()])) {
    const finding = findings.get(id);
    const result = results.get(id);
    const sight = sightOf(finding, result, pass, decided[id]);
    const next = step(finding, sight, context);
    const content = result?.verdict === "passed" ? contentOf(result) : undefined;
    if (content !== undefined) decided[id] = content;
    if (next.finding !== undefined && next.finding !== finding) written.push(next.finding);
    if (next.alert !== undefined) alerts.push(next.alert);
    // What cannot be seen is not looked at faster for waiting: blindness has a pace of its own.
    if (sight.seen !== "unseen" && next.finding !== undefined && waits(next.finding)) unsettled = true;
  }
  for (const id of Object.keys(decided)) if (pass.whole && !results.has(id)) delete decided[id];

  const settled = changedAt === undefined || apart(changedAt, pass.at, settings.settleSeconds);
  const kept = settled && pass.whole && reason === undefined ? { causes: [], omitted: 0 } : causes;
  return {
    observation: {
      schema: ledgerSchema,
      subject: pass.subject,
      account: pass.account,
      observedAt: pass.at,
      version: (before?.version ?? 0) + 1,
      causes: kept.causes,
      causesOmitted: kept.omitted,
      decided,
      ...wholeAfter(before, pass, reason),
      ...(blind === undefined ? {} : { blind }),
    },
    findings: written,
    alerts,
    unsettled: unsettled || !settled,
    blindPasses: pass.countsBlindness ? (blind?.passes ?? 0) : 0,
    causes,
  };
}

/** When the last look that saw all began; undefined where it judged by another configuration. */
export const lastLook = (known: Observation | undefined, judgedBy = ""): string | undefined =>
  known?.whole?.judgedBy === judgedBy ? known.whole.at : undefined;

/** A look at something else, which shows a part of the subject besides, is none. */
function wholeAfter(
  known: Observation | undefined,
  { at, whole, countsBlindness, judgedBy = "" }: SubjectPass,
  reason: string | undefined,
): Pick<Observation, "whole"> {
  if (!whole) return known?.whole === undefined ? {} : { whole: known.whole };
  return countsBlindness && reason === undefined ? { whole: { at, judgedBy } } : {};
}

/**
 * A read may show what was until it has settled. A look that could not see all, or judged by another configuration,
 * says of nothing when it began.
 */
function spanOf(
  known: Observation | undefined,
  pass: SubjectPass,
  settings: TransitionSettings,
): Span | undefined {
  const last = known === undefined ? pass.lookedAt : lastLook(known, pass.judgedBy);
  if (last === undefined) return undefined;
  return { after: secondsBefore(last, settings.settleSeconds), until: pass.until ?? pass.at };
}

const waits = (finding: Finding): boolean =>
  finding.state === "waiting" || finding.unsettled !== undefined || finding.flapping !== undefined;

/**
 * What was expected and what was seen, whatever came of it; a result's own digest holds its verdict too.
 * Tags are compared, not proven: only what the policy engine judges can be undecided.
 */
const contentOf = ({ resource, expected, actual }: Result): string | undefined =>
  resource.region !== "global" || actual === null ? undefined : evidenceDigest([expected, actual]);

function sightOf(
  finding: Finding | undefined,
  result: Result | undefined,
  pass: SubjectPass,
  decided: string | undefined,
): Sight {
  if (result === undefined) return finding === undefined ? { seen: "unseen" } : missing(finding, pass);
  switch (result.verdict) {
    case "failed":
      return { seen: "bad", result };
    case "undecided":
      // What was once proven to pass has not drifted by being judged again.
      return decided !== undefined && decided === contentOf(result)
        ? { seen: "unseen" }
        : { seen: "bad", result };
    case "passed":
      return { seen: "good", result };
    case "not-applicable":
      // A look at something else may not have read what it hangs on.
      return pass.whole ? { seen: "good", result } : { seen: "unseen" };
    case "unavailable":
      return { seen: "unseen" };
    default:
      return result.verdict satisfies never;
  }
}

/** A finding that no control speaks of any more. */
function missing(finding: Finding, pass: SubjectPass): Sight {
  if (!pass.whole || finding.result.control === blindnessControl) return { seen: "unseen" };
  if (!pass.stillAsked(finding.result)) return { seen: "unwatched" };
  return { seen: pass.sees(finding.result.resource) ? "gone" : "unseen" };
}
