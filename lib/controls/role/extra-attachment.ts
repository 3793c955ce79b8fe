import type { RoleControl } from "../control.ts";
import { changedStatements, differencesOf } from "../mask.ts";
import type { Part } from "../part.ts";
import { broadNote } from "../permissions/broad-grants.ts";
import { excessActions } from "../permissions/excess-actions.ts";
import { permissionsOutcome, shownBoundary } from "../permissions/permissions-outcome.ts";
import { deniedBy, policySet } from "../permissions/role-policies.ts";
import { actionsOf, list } from "../words.ts";

export const extraAttachment: RoleControl = {
  id: "extra-attachment",
  title: "No policy is attached that the platform's document does not ask for and that allows more",
  severity: "high",
  resource: "role",
  rationale:
    "The documents attach one policy: dockercloud-policy (Docker Cloud, step 7 of the role), AmazonEC2ContainerServiceforEC2Role (ECS; AmazonS3ReadOnlyAccess is an add-on to be configured). What counts is meaning: a further policy that grants nothing more is no drift.",
  evaluate: (context) => {
    if (context.watched.permissions?.mode === "atLeast") return undefined;
    const steps = [
      {
        text: "If the policy is meant, put its document under `allowed` in rolecall.yml; if not, take it off.",
      },
    ];
    return permissionsOutcome(
      context,
      ({ extra }): Part => {
        const witnesses = extra.flatMap(({ part }) => (part.at === "differs" ? part.excess : []));
        return extra.length === 0 ? { at: "same" } : { at: "differs", excess: witnesses, missing: [] };
      },
      {
        passed: "No attached policy allows more than the role should have.",
        undecided: "",
        steps,
      },
      (part, { extra, allowed, bound, boundary, holdsBack, policies: all }) => {
        const policies = extra.map(({ policy }) => policy.policy);
        const differences = differencesOf("excess", part.excess, undefined, "*");
        const names = extra.map(({ policy }) => policy.arn ?? policy.name);
        const denials = all
          .filter((each) => extra.every(({ policy }) => policy !== each))
          .flatMap(({ policy }) => deniedBy(policy));
        const actions = excessActions(policySet([...policies, ...denials], boundary?.policy), bound);
        const such = actions.length > 1 ? list(actions) : actionsOf(differences);
        return {
          verdict: "failed",
          detail: `${list(names)} ${names.length === 1 ? "is attached and allows" : "are attached and allow"} more than the role should have, such as ${such}${broadNote(policies, allowed)}.`,
          expected: "no such policy",
          actual: names,
          differences,
          steps,
          // What holds the policies back is content too: without it they allow more.
          evidence: [
            ...extra.map(({ policy }) => changedStatements([policy.policy], [], undefined)),
            ...(denials.length === 0 ? [] : [changedStatements(denials, [], undefined)]),
            ...shownBoundary(holdsBack, undefined),
          ],
        };
      },
    );
  },
};
