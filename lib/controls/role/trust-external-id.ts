import type { RoleControl } from "../control.ts";
import { trustOutcome } from "../trust/trust-outcome.ts";
import { principalsOf } from "../words.ts";

export const trustExternalId: RoleControl = {
  id: "trust-external-id",
  title: "The trust policy asks for the configured ExternalId, and for no other",
  severity: "high",
  resource: "role",
  rationale:
    "Docker Cloud: the External ID is the user or organization name (step 5). Kommander: optional; where one is set it must match, and EC2, which sends none, is not asked for it (step 7). The value is compared and never shown.",
  evaluate: (context) =>
    trustOutcome(context, ({ externalId }) => externalId, {
      passed: "The ExternalId is asked for as configured.",
      failed: (differences, { expected }) => {
        const missing = differences.some(({ direction }) => direction === "missing");
        const added = differences.filter(({ direction }) => direction === "excess");
        const asked = added.filter(({ witness }) => Object.hasOwn(witness.context, "sts:ExternalId"));
        if (missing && asked.length > 0)
          return "The trust policy asks for an ExternalId that differs from the configured one.";
        if (missing && context.watched.externalId === undefined)
          return "The trust policy asks for an ExternalId, and none is configured.";
        if (missing && added.length === 0)
          return `${principalsOf(differences, expected)} cannot assume the role: an ExternalId is asked for that it does not send.`;
        if (!missing && asked.length === added.length)
          return "The trust policy takes other ExternalIds besides the configured one.";
        return "The role can be assumed without the configured ExternalId.";
      },
      undecided: "It cannot be proven that the configured ExternalId is asked for, and no other.",
      steps: [
        {
          text: "Put the configured ExternalId into the condition `StringEquals` `sts:ExternalId` of the trust policy.",
        },
      ],
      consequence: (differences) =>
        differences.some(({ direction }) => direction === "excess")
          ? "Another customer of the platform could have it use your role (the confused deputy)."
          : differences.some(({ witness }) => witness.principal === "ec2.amazonaws.com")
            ? "EC2 sends no ExternalId: instances get no credentials of the role."
            : "The platform cannot assume the role.",
    }),
};
