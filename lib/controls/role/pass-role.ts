import type { RoleControl } from "../control.ts";
import { differencesOf } from "../mask.ts";
import { changed, permissionsOutcome } from "../permissions/permissions-outcome.ts";

export const passRole: RoleControl = {
  id: "pass-role",
  title: "iam:PassRole is given only for the roles that the platform needs",
  severity: "high",
  resource: "role",
  rationale:
    "Docker Cloud: PassRole may be added when an instance profile has more permissions than the role: for that role, not for `*`. Kommander: on roles of the Cluster API provider, or on `*` for eks.amazonaws.com alone. Whoever may pass any role to EC2 has all their permissions.",
  evaluate: (context) => {
    if (context.watched.permissions?.mode === "atLeast") return undefined;
    const steps = [{ text: "Allow `iam:PassRole` only on the ARNs of the roles that are meant." }];
    return permissionsOutcome(
      context,
      (permissions) => permissions.passRole,
      {
        passed: "The role may pass no more roles than it should.",
        undecided: "It cannot be proven that the role may pass no more roles than it should.",
        steps,
      },
      (part, permissions) => {
        const differences = differencesOf("excess", part.excess, undefined, "*");
        return {
          verdict: "failed",
          detail: "The role may pass roles to AWS services that it should not.",
          ...changed(context, permissions, permissions.holdsBack),
          differences,
          consequence:
            "Whoever uses the role can start something that has more permissions than the role itself.",
          steps,
        };
      },
    );
  },
};
