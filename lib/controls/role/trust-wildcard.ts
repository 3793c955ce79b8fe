import type { RoleControl } from "../control.ts";
import { trustOutcome } from "../trust/trust-outcome.ts";

export const trustWildcard: RoleControl = {
  id: "trust-wildcard",
  title: "The trust policy names no wildcard principal",
  severity: "critical",
  resource: "role",
  rationale:
    'Kommander\'s document says it for all: "Never add a wildcard. This opens your account to the whole world". `"*"` and `{"AWS": "*"}` mean the same.',
  evaluate: (context) =>
    trustOutcome(context, ({ wildcard }) => wildcard, {
      passed: "No wildcard lets everyone in.",
      failed: (differences) =>
        differences.every(({ witness }) => Object.keys(witness.context).length === 0)
          ? "Anyone with an AWS account can assume the role: its trust policy names the principal `*`."
          : "The trust policy names the principal `*`: anyone whose request meets its conditions can assume the role.",
      undecided:
        "The trust policy names the principal `*`, and it cannot be proven that this lets no one in.",
      steps: [{ text: "Name who may assume the role in place of `*`, and look in CloudTrail for who has." }],
      consequence: () => "The role is open to other AWS accounts, with all that it may do.",
    }),
};
