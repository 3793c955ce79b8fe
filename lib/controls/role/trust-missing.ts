import type { Difference } from "../../model/result.ts";
import type { RoleControl } from "../control.ts";
import { consequenceOf } from "../permissions/consequences.ts";
import { letsAllIn } from "../trust/lets-in.ts";
import { trustOutcome } from "../trust/trust-outcome.ts";
import { principalsOf } from "../words.ts";

/** A service sends few keys: whatever it is asked for besides locks it out. */
const isService = ({ witness: { principal } }: Difference): boolean =>
  typeof principal === "string" && !principal.startsWith("arn:");

export const trustMissing: RoleControl = {
  id: "trust-missing",
  title: "Everyone that the platform's document names can assume the role",
  severity: "medium",
  resource: "role",
  rationale:
    "Whoever the document lets in needs the role: Docker Cloud to link the account, the instance for its agent or cloud provider, Kommander to create clusters. A narrower principal, another service or a further condition locks it out.",
  evaluate: (context) =>
    trustOutcome(context, ({ missing }) => missing, {
      passed: "Everyone who should be able to assume the role can.",
      failed: (differences, { actual, expected }) => {
        const who = principalsOf(differences, expected);
        return letsAllIn(actual, differences) && !differences.some(isService)
          ? `${who} can assume the role only under conditions that should not be asked for.`
          : `${who} cannot assume the role, and should be able to.`;
      },
      undecided: "It cannot be proven that everyone who should be able to assume the role can.",
      steps: [{ text: "Let in whoever should be able to assume the role." }],
      consequence: () => consequenceOf(context.watched.consequences, ["sts:assumerole"]),
    }),
};
