import type { Difference } from "../../model/result.ts";
import type { RoleControl } from "../control.ts";
import { letsAllIn } from "../trust/lets-in.ts";
import { trustOutcome } from "../trust/trust-outcome.ts";
import { latentNote, list, principalsOf } from "../words.ts";

/** `can assume`, or the action in so many words. */
function mayDo(differences: readonly Difference[]): string {
  const actions = [...new Set(differences.map(({ witness }) => witness.action))];
  const assumes = actions.some((action) => action.toLowerCase() === "sts:assumerole");
  return assumes ? "can assume" : `has ${list(actions)} on`;
}

export const trustExcess: RoleControl = {
  id: "trust-excess",
  title: "No one but those that the platform's document names can assume the role",
  severity: "high",
  resource: "role",
  rationale:
    "Each document gives the trust policy in full: Docker Cloud's account (step 4), EC2 for Rancher's and ECS's nodes, EC2 and the account for Kommander. Compared by meaning: Sid, order, Version and the spelling of an account do not count.",
  evaluate: (context) =>
    trustOutcome(context, ({ excess }) => excess, {
      tellsInvalid: true,
      passed: "No one else can assume the role.",
      failed: (differences, { actual, expected }) => {
        const who = principalsOf(differences, actual);
        return letsAllIn(expected, differences)
          ? `${who} can assume the role under wider conditions than it should.${latentNote(differences)}`
          : `${who} ${mayDo(differences)} the role, and should not.${latentNote(differences)}`;
      },
      undecided: "It cannot be proven that no one else can assume the role.",
      steps: [
        {
          text: "Take out whoever should not be there.",
        },
      ],
    }),
};
