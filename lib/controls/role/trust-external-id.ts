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
        const excess = differences.some(({ direction }) => direction === "excess");
        const missing = differences.some(({ direction }) => direction === "missing");
        const withAnother = differences.some(
          ({ direction, witness }) =>
            direction === "excess" && Object.hasOwn(witness.context, "sts:ExternalId"),
        );
        if (excess && missing && withAnother)
          return "The trust policy asks for an ExternalId that differs from the configured one.";
        if (missing && context.watched.externalId === undefined)
          return "The trust policy asks for an ExternalId, and none is configured.";
        if (missing && !excess)
          return `${principalsOf(differences, expected)} cannot assume the role: an ExternalId is asked for that it does not send.`;
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
