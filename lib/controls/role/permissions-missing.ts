import type { RoleControl } from "../control.ts";
import { differencesOf } from "../mask.ts";
import { consequenceOf, missingActions } from "../permissions/consequences.ts";
import { elsewhereNote, isElsewhere } from "../permissions/elsewhere.ts";
import { missingIsNote } from "../permissions/missing-is-note.ts";
import { changed, permissionsOutcome, shownBoundary } from "../permissions/permissions-outcome.ts";
import { policySet } from "../permissions/role-policies.ts";
import { latentNote, list } from "../words.ts";

export const permissionsMissing: RoleControl = {
  id: "permissions-missing",
  title: "The role may do all that the platform's document asks for",
  severity: "medium",
  resource: "role",
  rationale:
    'What a document lists, the platform uses; without it something stops working, which the finding says. Rancher\'s policies are examples, "remove any unneeded permissions": missing actions are told there as information, as long as some are left.',
  evaluate: (context) => {
    if (context.watched.permissions?.mode === "atMost") return undefined;
    const steps = [{ text: "Give the role back what it lacks." }];
    return permissionsOutcome(
      context,
      ({ missing }) => missing,
      {
        passed: "The role may do all that it should.",
        undecided: "It cannot be proven that the role may do all that it should.",
        steps,
      },
      (part, permissions) => {
        const documents = permissions.policies.map(({ policy }) => policy);
        const actual = policySet(documents, permissions.boundary?.policy);
        const actions = missingActions(actual, permissions.required);
        const differences = differencesOf("missing", part.missing, undefined, "*");
        const named = actions.length > 0 ? actions : differences.map(({ witness }) => witness.action);
        const lower = named.map((each) => each.toLowerCase());
        const consequence = consequenceOf(context.watched.consequences, lower);
        const { inTheWay } = permissions;
        const secret = context.watched.externalId?.value;
        const boundary = permissions.boundaryTakes ? inTheWay?.arn : undefined;
        const besides =
          inTheWay === undefined
            ? ""
            : ` The permissions boundary \`${inTheWay.arn}\` does not let all of it through either.`;
        const latent = differences.every((each) => each.latent);
        const elsewhere = isElsewhere(context, permissions, "missing");
        const harmless = latent || elsewhere;
        const note = elsewhere ? elsewhereNote(context) : latentNote(differences);
        // Of a pattern that is missing in part, what is.
        const shown = differences.find(({ witness }) => !lower.includes(witness.action.toLowerCase()));
        const such = shown === undefined || harmless ? "" : `, such as \`${shown.witness.action}\``;
        return {
          verdict: "failed",
          detail:
            boundary === undefined
              ? `The role may do less than it should: ${list(named)} ${named.length === 1 ? "is" : "are"} missing, or narrower${such}.${besides}${note}`
              : `The permissions boundary \`${boundary}\` takes away ${list(named)}, which the role's policies allow${such}.`,
          ...(boundary === undefined
            ? changed(context, permissions, inTheWay)
            : { ...changed(context, permissions, undefined), actual: shownBoundary(inTheWay, secret)[0] }),
          differences,
          // What AWS may add breaks nothing today.
          ...(harmless || consequence === undefined ? {} : { consequence }),
          ...(missingIsNote(context, permissions)
            ? { severity: "info" as const }
            : harmless
              ? { severity: "low" as const }
              : {}),
          steps:
            boundary === undefined
              ? steps
              : [{ text: `Widen the permissions boundary \`${boundary}\`, or take it off the role.` }],
          evidence: { missing: lower, boundary: permissions.boundary?.arn },
        };
      },
    );
  },
};
