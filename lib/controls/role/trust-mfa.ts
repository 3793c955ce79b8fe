import type { RoleControl } from "../control.ts";
import { consequenceOf } from "../permissions/consequences.ts";
import { trustOutcome } from "../trust/trust-outcome.ts";

export const trustMfa: RoleControl = {
  id: "trust-mfa",
  title: "The trust policy asks for MFA only where the baseline does",
  severity: "medium",
  resource: "role",
  rationale:
    'Docker Cloud: "Leave Require MFA unchecked" (step 6). A service has no MFA device: a condition on `aws:MultiFactorAuthPresent` locks it out.',
  evaluate: (context) =>
    trustOutcome(context, ({ mfa }) => mfa, {
      passed: "MFA is asked for as the baseline says.",
      failed: (differences) =>
        differences.some(({ direction }) => direction === "missing")
          ? "The trust policy asks for MFA, which the platform cannot give."
          : "The trust policy no longer asks for MFA as its baseline does.",
      undecided: "It cannot be proven that MFA is asked for as the baseline says.",
      steps: [{ text: "Take the condition on `aws:MultiFactorAuthPresent` out of the trust policy." }],
      consequence: () => consequenceOf(context.watched.consequences, ["sts:assumerole"]),
    }),
};
