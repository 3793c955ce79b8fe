import type { Place } from "../model/config.ts";
import type { ControlInfo } from "../model/control.ts";
import { evidenceDigest, findingId } from "../model/finding-id.ts";
import type { Resource, Result, Verdict } from "../model/result.ts";
import type { Severity } from "../model/severity.ts";
import type { Outcome } from "./control.ts";

/** Whose result it is: what of the configuration asked for it, about which resource. */
export interface Subject {
  readonly platform: string;
  readonly baseline: string;
  readonly resource: Resource;
  /** Severities in the order of who decides. */
  readonly severities: readonly Readonly<Record<string, Severity>>[];
  readonly place?: Place;
}

/** One result, with its stable id and the digest of its content. */
export function resultOf(control: ControlInfo, subject: Subject, outcome: Outcome): Result {
  const { platform, baseline, resource, place } = subject;
  const told = outcome.verdict === "failed" || outcome.verdict === "undecided" ? outcome : undefined;
  const shown = outcome.verdict === "passed" ? outcome : told;
  const configured = subject.severities.map((each) => each[control.id]).find((each) => each !== undefined);
  const expected = shown?.expected ?? null;
  const actual = shown?.actual ?? null;
  return {
    id: findingId(resource.account, platform, control.id, resource.arn),
    digest: digestOf(outcome.verdict, expected, actual, told?.evidence ?? null),
    control: control.id,
    platform,
    baseline,
    resource,
    verdict: outcome.verdict,
    severity: configured ?? told?.severity ?? control.severity,
    title: control.title,
    detail: outcome.detail,
    expected,
    actual,
    differences: told?.differences ?? [],
    ...(told?.consequence === undefined ? {} : { consequence: told.consequence }),
    remediation: told?.steps ?? [],
    ...("reason" in outcome && outcome.reason !== undefined ? { reason: outcome.reason } : {}),
    ...(place === undefined ? {} : { place }),
  };
}

/** Most results pass, and have no content but that. */
const plain = new Map<Verdict, string>();

function digestOf(verdict: Verdict, expected: unknown, actual: unknown, evidence: unknown): string {
  const bare = expected === null && actual === null && evidence === null;
  const known = bare ? plain.get(verdict) : undefined;
  if (known !== undefined) return known;
  const digest = evidenceDigest({ verdict, expected, actual, evidence });
  if (bare) plain.set(verdict, digest);
  return digest;
}
