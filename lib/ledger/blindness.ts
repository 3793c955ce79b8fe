import { evidenceDigest, findingId } from "../model/finding-id.ts";
import type { Result } from "../model/result.ts";
import type { Blindness, Observation } from "./model.ts";
import type { TransitionSettings } from "./settings.ts";
import { apart } from "./time.ts";

export const blindnessControl = "rolecall-can-see";

/** One more pass without sight, or none: `reason` is why the subject could not be seen. */
export function blindnessAfter(
  before: Blindness | undefined,
  at: string,
  reason: string | undefined,
): Blindness | undefined {
  if (reason === undefined) return undefined;
  const clipped = reason.slice(0, 500);
  if (before === undefined) return { since: at, passes: 1, reason: clipped };
  return { since: before.since, passes: before.passes + 1, reason: clipped };
}

/**
 * Blindness as a result like any other, so that it opens and resolves as findings do. Undefined while
 * it is too early to say: one throttled pass is no finding.
 */
export function blindnessResult(
  subject: Pick<Observation, "subject" | "account">,
  blind: Blindness | undefined,
  at: string,
  settings: TransitionSettings,
): Result | undefined {
  const early =
    blind !== undefined &&
    (blind.passes < settings.blindAfterPasses || !apart(blind.since, at, settings.settleSeconds));
  if (early) return undefined;
  const [, kind = "", name = ""] = /^[^/]*\/([^/]*)\/?(.*)$/su.exec(subject.subject) ?? [];
  const what = name === "" ? "the account" : `${kind} ${name}`;
  const arn = `rolecall:${subject.subject}`;
  return {
    id: findingId(subject.account, "rolecall", blindnessControl, arn),
    digest: evidenceDigest({ blind: subject.subject }),
    control: blindnessControl,
    platform: "rolecall",
    baseline: "rolecall/self@1",
    resource: { arn, type: "rolecall", account: subject.account, region: "global" },
    verdict: blind === undefined ? "passed" : "failed",
    severity: "high",
    title: "Rolecall can see what it watches",
    detail:
      blind === undefined
        ? `Rolecall sees ${what}.`
        : `Rolecall could not see ${what} (in whole or in part) since ${blind.since}: ${blind.reason}`,
    expected: "readable",
    actual: blind === undefined ? "readable" : blind.reason,
    differences: [],
    consequence: "What changes there meanwhile is not noticed.",
    remediation:
      blind === undefined
        ? []
        : [{ text: "Give Rolecall's roles their read permissions back, and see who took them away." }],
  };
}
