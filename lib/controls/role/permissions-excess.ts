import { passed, type RoleControl, toldBy } from "../control.ts";
import { differencesOf } from "../mask.ts";
import { broadNote } from "../permissions/broad-grants.ts";
import { elsewhereNote, isElsewhere } from "../permissions/elsewhere.ts";
import { excessActions } from "../permissions/excess-actions.ts";
import { changed, permissionsOutcome } from "../permissions/permissions-outcome.ts";
import { deniedBy, policySet } from "../permissions/role-policies.ts";
import { actionsOf, latentNote, list } from "../words.ts";

export const permissionsExcess: RoleControl = {
  id: "permissions-excess",
  title: "The role may do no more than the platform's document asks for",
  severity: "high",
  resource: "role",
  rationale:
    "Each document prints the policy: all regions or one for Docker Cloud, 53 actions for Rancher's control plane and 9, none of which writes, for its workers, ECS's managed policy or an equivalent one, Kommander's 17 statements, each with its own resources and conditions. All inline and attached policies count together, under the permissions boundary.",
  evaluate: (context) => {
    if (context.watched.permissions?.mode === "atLeast") return undefined;
    const steps = [
      {
        text: "Take out what should not be there; if it is meant, put a document that allows it under `allowed` in rolecall.yml.",
      },
    ];
    const outcome = permissionsOutcome(
      context,
      ({ excess }) => excess,
      {
        tellsInvalid: true,
        passed: "The role may do no more than it should.",
        undecided: "It cannot be proven that the role may do no more than it should.",
        steps,
      },
      (part, permissions) => {
        const differences = differencesOf("excess", part.excess, undefined, "*");
        const elsewhere = isElsewhere(context, permissions, "excess");
        const harmless = elsewhere || differences.every((each) => each.latent);
        const note = elsewhere ? elsewhereNote(context) : latentNote(differences);
        // What an attached policy gives alone is told of that policy.
        const policies = permissions.policies
          .filter((each) => permissions.extra.every(({ policy }) => policy !== each))
          .map(({ policy }) => policy);
        const broad = broadNote(policies, permissions.allowed);
        const denials = permissions.extra.flatMap(({ policy }) => deniedBy(policy.policy));
        const actual = policySet([...policies, ...denials], permissions.boundary?.policy);
        const actions = excessActions(actual, permissions.bound);
        const such = actions.length > 1 ? list(actions) : actionsOf(differences);
        return {
          verdict: "failed",
          detail: `The role may do more than it should, such as ${such}${broad}.${note}`,
          ...changed(context, permissions, permissions.holdsBack),
          differences,
          ...(harmless ? { severity: "low" as const } : {}),
          steps,
        };
      },
    );
    if (outcome?.verdict !== "passed") return outcome;
    const permissions = context.permissions();
    return permissions.at === "compared" && permissions.extra.length > 0
      ? toldBy("extra-attachment")
      : passed(outcome.detail);
  },
};
