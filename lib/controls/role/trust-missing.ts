import type { RoleControl } from "../control.ts";
import { consequenceOf } from "../permissions/consequences.ts";
import { trustOutcome } from "../trust/trust-outcome.ts";
import { principalsOf } from "../words.ts";

export const trustMissing: RoleControl = {
  id: "trust-missing",
  title: "Everyone that the platform's document names can assume the role",
  severity: "medium",
  resource: "role",
  rationale:
    "Whoever the document lets in needs the role: Docker Cloud to link the account, the instance for its agent or cloud provider, Kommander to create clusters. A narrower principal, another service or a further condition locks it out.",
  evaluate: (context) =>
    trustOutcome(context, ({ missing }) => missing, {
      passed: "Everyone that the baseline names can assume the role.",
      failed: (differences, { expected }) =>
        `${principalsOf(differences, expected)} cannot assume the role, as its baseline provides for.`,
      undecided: "It cannot be proven that everyone that the baseline names can assume the role.",
      steps: [{ text: "Put the trust policy back to what the baseline says." }],
      consequence: () => consequenceOf(context.watched.consequences, ["sts:assumerole"]),
    }),
};
