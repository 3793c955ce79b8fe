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
      passed: "MFA is asked for where it should be.",
      failed: (differences) =>
        differences.some(({ direction }) => direction === "missing")
          ? "The trust policy asks for MFA, which the platform cannot give."
          : "The trust policy does not ask for MFA, and should.",
      undecided: "It cannot be proven that MFA is asked for where it should be.",
      steps: [
        {
          text: "Let the trust policy ask for `aws:MultiFactorAuthPresent` where it should, and nowhere else.",
        },
      ],
      consequence: () => consequenceOf(context.watched.consequences, ["sts:assumerole"]),
    }),
};
