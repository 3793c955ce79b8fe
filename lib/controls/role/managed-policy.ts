import type { RoleControl } from "../control.ts";
import { changedStatements, differencesOf } from "../mask.ts";
import type { Part } from "../part.ts";
import { permissionsOutcome } from "../permissions/permissions-outcome.ts";
import { actionsOf } from "../words.ts";

export const managedPolicy: RoleControl = {
  id: "managed-policy",
  title: "The policies that AWS manages say what they said when the baseline was written",
  severity: "info",
  resource: "role",
  rationale:
    "AWS changes its managed policies by itself: AmazonEC2ContainerServiceforEC2Role has had ten versions. The baseline pins the document, not the version; what AWS changed is told as such, and a person's change to the role by the other controls.",
  evaluate: (context) => {
    if ((context.watched.permissions?.pinned.length ?? 0) === 0) return undefined;
    const permissions = context.permissions();
    if (permissions.at === "compared" && permissions.pinned.length === 0) return undefined;
    const steps = [{ text: "Look at what AWS changed, and bring the baseline up to it." }];
    return permissionsOutcome(
      context,
      ({ pinned }): Part => {
        const differing = pinned.flatMap(({ part }) => (part.at === "differs" ? [part] : []));
        if (differing.length === 0)
          return pinned.find(({ part }) => part.at === "undecided")?.part ?? { at: "same" };
        return {
          at: "differs",
          excess: differing.flatMap((part) => part.excess),
          missing: differing.flatMap((part) => part.missing),
        };
      },
      {
        passed: "They are as they were pinned.",
        undecided: "It cannot be proven that a policy that AWS manages is as it was pinned.",
        steps,
      },
      (part, { pinned }) => {
        const now = pinned.filter((each) => each.part.at === "differs");
        const differences = [
          ...differencesOf("excess", part.excess, undefined, "*"),
          ...differencesOf("missing", part.missing, undefined, "*"),
        ];
        const names = now.map((each) => `\`${each.pinned.arn}\` from its ${each.pinned.version}`).join(", ");
        return {
          verdict: "failed",
          // Older or newer: partitions get AWS's versions at different times, and numbered each for itself.
          detail: `What AWS wrote differs: ${names}, for which the baseline was written, by ${actionsOf(differences)}. Nobody in this account changed it.`,
          expected: now.flatMap((each) => changedStatements([each.pinned.policy], [each.actual], undefined)),
          actual: now.flatMap((each) => changedStatements([each.actual], [each.pinned.policy], undefined)),
          differences,
          steps,
        };
      },
    );
  },
};
