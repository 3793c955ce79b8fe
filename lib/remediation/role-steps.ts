import type { Outcome, RoleContext, Told } from "../controls/control.ts";
import type { PermissionsCompared } from "../controls/permissions/analyse-permissions.ts";
import { missingIsNote } from "../controls/permissions/missing-is-note.ts";
import { passRoleByName } from "../controls/permissions/pass-role.ts";
import type { RemediationStep } from "../model/result.ts";
import { allowAssuming, narrowAssuming } from "./management-role.ts";
import { mendPermissions } from "./mend-permissions.ts";
import type { Mending } from "./mending.ts";
import { detachPolicy } from "./policy-steps.ts";
import { restoreAttachments } from "./restore-attachments.ts";
import { restoreBoundary } from "./restore-boundary.ts";
import { addToProfile, leaveProfiles } from "./restore-profile.ts";
import { restoreTrust } from "./restore-trust.ts";

/** An outcome of a control on a role, with the commands that put it back added to its words. */
export function withCommands<T extends Outcome>(control: string, context: RoleContext, outcome: T): T {
  if (outcome.verdict !== "failed" && outcome.verdict !== "undecided") return outcome;
  const steps = commands(control, context);
  return {
    ...outcome,
    steps: steps.length > 0 && saidByCommands.has(control) ? steps : joined(outcome.steps, steps),
  };
}

/** Their commands' own words say all that there is to say. */
const saidByCommands: ReadonlySet<string> = new Set([
  "attachments",
  "boundary",
  "profile-exists",
  "profile-holds-role",
  "profile-name",
  "profile-none",
  "management-assume-role",
]);

/** As `withCommands`, for what is not about one role that is there. */
export const withSteps = (outcome: Outcome, steps: () => readonly RemediationStep[]): Outcome =>
  outcome.verdict === "failed" || outcome.verdict === "undecided"
    ? { ...outcome, steps: joined(outcome.steps, steps()) }
    : outcome;

/** The control's words first. A single command takes them over, so that nothing is said twice. */
function joined(said: Told["steps"], steps: readonly RemediationStep[]): readonly RemediationStep[] {
  const [only] = steps;
  const [words] = said;
  if (only === undefined) return said;
  if (steps.length > 1 || said.length !== 1 || words === undefined) return [...said, ...steps];
  return [{ ...only, text: `${words.text} ${only.text}` }];
}

function commands(control: string, context: RoleContext): readonly RemediationStep[] {
  const { facts, role, watched } = context;
  const mending: Mending = { identity: facts.identity, iam: facts.iam, role, watched };
  switch (control) {
    case "trust-wildcard":
    case "trust-excess":
    case "trust-external-id":
    case "trust-mfa":
    case "trust-dead-principal":
    case "trust-missing":
      return restoreTrust(mending);
    case "pass-role":
    case "permissions-excess":
      return permissionSteps(context, mending, false);
    case "extra-attachment":
      return extraArns(context).map((arn) => detachPolicy(mending, arn));
    case "permissions-missing":
      return permissionSteps(context, mending, true);
    case "attachments":
      return restoreAttachments(mending);
    case "boundary":
      return restoreBoundary(mending);
    case "profile-exists":
    case "profile-holds-role":
    case "profile-name":
      return addToProfile(mending);
    case "profile-none":
      return leaveProfiles(mending);
    case "management-assume-role":
      return allowAssuming(mending);
    case "management-assume-scope":
      return narrowAssuming(mending);
    // Deleting a retired service's role takes a change of the configuration too: left to a person.
    default:
      return [];
  }
}

function extraArns(context: RoleContext): readonly string[] {
  const permissions = context.permissions();
  return permissions.at === "compared" ? permissions.extra.flatMap(({ policy }) => policy.arn ?? []) : [];
}

/** Up to three findings of a role are mended by the same steps. */
const known = new WeakMap<RoleContext, Map<boolean, readonly RemediationStep[]>>();

/**
 * What is missing is given back together with what is too much taken out, for each alone could undo the
 * other. Where missing permissions are no more than information the excess goes alone: taking away what is
 * too much is no reason to give what somebody left out.
 */
function permissionSteps(
  context: RoleContext,
  mending: Mending,
  forMissing: boolean,
): readonly RemediationStep[] {
  const permissions = context.permissions();
  if (permissions.at === "unseen") return [];
  const invalid = permissions.at === "invalid";
  const isNote = !invalid && isMissingNoted(context, permissions);
  const give = forMissing || invalid || (permissions.missing.at === "differs" && !isNote);
  const steps = known.get(context) ?? new Map<boolean, readonly RemediationStep[]>();
  known.set(context, steps);
  const before = steps.get(give);
  if (before !== undefined) return before;
  const documents = invalid ? [] : permissions.policies.map(({ policy }) => policy);
  const named = context.watched.permissions?.passRoleByName === true ? passRoleByName(documents) : [];
  const found = mendPermissions({
    ...mending,
    allowed: invalid ? [] : [...permissions.allowed, ...named],
    aside: extraArns(context),
    trim: invalid || [permissions.excess, permissions.passRole].some(({ at }) => at !== "same"),
    give,
    apart: forMissing && isNote,
    ...(invalid || permissions.boundary === undefined ? {} : { boundary: permissions.boundary.policy }),
  });
  steps.set(give, found);
  return found;
}

/** As the finding will have it: the entry's own word, then the configuration's, then the case's. */
function isMissingNoted(context: RoleContext, permissions: PermissionsCompared): boolean {
  for (const { "permissions-missing": severity } of [context.watched.severities, context.config.severities])
    if (severity !== undefined) return severity === "info";
  return permissions.missing.at === "differs" && missingIsNote(context, permissions);
}
