import type { Difference, RemediationStep } from "../../model/result.ts";
import { type Outcome, type RoleContext, toldBy, unseen } from "../control.ts";
import { changedStatements, differencesOf } from "../mask.ts";
import type { Part } from "../part.ts";
import { partOutcome } from "../part-outcome.ts";
import type { TrustCompared } from "./analyse-trust.ts";

export interface TrustWords {
  /** The control that tells of a document that cannot be judged. */
  readonly tellsInvalid?: boolean;
  readonly passed: string;
  readonly failed: (differences: readonly Difference[], trust: TrustCompared) => string;
  readonly undecided: string;
  readonly steps: readonly RemediationStep[];
  readonly consequence?: (differences: readonly Difference[], trust: TrustCompared) => string | undefined;
}

/** The outcome of one cause of difference between a trust policy and its baseline. */
export function trustOutcome(
  context: RoleContext,
  pick: (trust: TrustCompared) => Part,
  words: TrustWords,
): Outcome | undefined {
  if (context.watched.trust === undefined) return undefined;
  const trust = context.trust();
  if (trust.at === "unseen")
    return unseen("the role's trust policy", trust.denied.action, trust.denied.reason);
  if (trust.at === "no-secret")
    return unseen("whether the ExternalId is the configured one", trust.name, "it has no value here");
  if (trust.at === "invalid") {
    if (words.tellsInvalid !== true) return toldBy("trust-excess");
    const [first] = trust.errors;
    const fault = `${first?.place ? `${first.place} ` : ""}${first?.message ?? ""}`;
    return {
      verdict: "undecided",
      detail: `The trust policy is not a valid document: ${fault}.`,
      reason: `not a valid trust policy: ${fault}`,
      expected: "a valid trust policy",
      actual: trust.errors.map(({ place, message }) => `${place} ${message}`.trim()),
      steps: words.steps,
    };
  }
  const secret = context.watched.externalId?.value;
  const shown = () => ({
    expected: changedStatements([trust.expected], [trust.actual], secret),
    actual: changedStatements([trust.actual], [trust.expected], secret),
  });
  return partOutcome(pick(trust), words, shown, (part) => {
    const { arn } = context.role;
    const differences = [
      ...differencesOf("excess", part.excess, secret, arn),
      ...differencesOf("missing", part.missing, secret, arn),
    ];
    const consequence = words.consequence?.(differences, trust);
    return {
      verdict: "failed",
      detail: words.failed(differences, trust),
      ...shown(),
      differences,
      ...(consequence === undefined ? {} : { consequence }),
      steps: words.steps,
    };
  });
}
