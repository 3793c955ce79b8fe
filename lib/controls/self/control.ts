import type { ControlInfo } from "../../model/control.ts";
import { evidenceDigest, findingId } from "../../model/finding-id.ts";
import type { RemediationStep, Result, Verdict } from "../../model/result.ts";
import type { Denied } from "../../model/seen.ts";
import type { SelfFacts } from "./model.ts";

/** A control on Rolecall itself: every result that the facts give. */
export interface SelfControl extends ControlInfo {
  evaluate(facts: SelfFacts, now: Date): readonly Result[];
}

export interface SelfOutcome {
  readonly arn: string;
  readonly verdict: Verdict;
  readonly detail: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly differences?: Result["differences"];
  readonly consequence?: string;
  readonly remediation?: readonly RemediationStep[];
  readonly reason?: string;
}

export function selfResult(info: ControlInfo, facts: SelfFacts, outcome: SelfOutcome): Result {
  const { account } = facts.identity;
  const told = outcome.verdict === "failed" || outcome.verdict === "undecided";
  const evidence = [outcome.verdict, outcome.expected, outcome.actual];
  return {
    id: findingId(account, "rolecall", info.id, outcome.arn),
    digest: evidenceDigest(evidence),
    control: info.id,
    platform: "rolecall",
    baseline: "rolecall/self@1",
    resource: { arn: outcome.arn, type: "rolecall", account, region: facts.region },
    verdict: outcome.verdict,
    severity: info.severity,
    title: info.title,
    detail: outcome.detail,
    expected: outcome.expected ?? null,
    actual: outcome.actual ?? null,
    differences: outcome.differences ?? [],
    ...(outcome.consequence === undefined || !told ? {} : { consequence: outcome.consequence }),
    remediation: told ? (outcome.remediation ?? []) : [],
    ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
  };
}

export const unseen = (arn: string, gap: Denied): SelfOutcome => ({
  arn,
  verdict: "unavailable",
  detail: `Could not be seen: ${gap.reason}.`,
  reason: `${gap.action}: ${gap.reason}`,
});

/** The stack as a whole, for what is about no single part of it. */
export const stackArn = (facts: SelfFacts): string =>
  `arn:${facts.identity.partition}:cloudformation:${facts.region}:${facts.identity.account}:stack/${facts.stack}`;
