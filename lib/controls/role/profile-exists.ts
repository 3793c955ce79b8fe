import {
  notApplicable,
  type Outcome,
  passed,
  type RoleContext,
  type RoleControl,
  toldBy,
  unseen,
} from "../control.ts";
import { matchesPattern } from "../name-pattern.ts";
import { list } from "../words.ts";

/** The profiles that hold a role, or why that cannot be said. */
function profilesOf({ role }: RoleContext): readonly string[] | Outcome {
  if (role.profiles.at === "denied")
    return unseen("which instance profiles hold the role", role.profiles.action, role.profiles.reason);
  return role.profiles.at === "found" ? role.profiles.value : [];
}

/** An instance profile of a usual name that holds no role. */
function emptyProfile({ watched, role, lookups }: RoleContext): string | undefined {
  return [...watched.profile.usual, role.name].find((name) => lookups.profile(name)?.roles.length === 0);
}

const noInstance = "Instances cannot be started with the role, or run without its permissions.";

export const profileExists: RoleControl = {
  id: "profile-exists",
  title: "An instance profile holds the role",
  severity: "medium",
  resource: "role",
  rationale:
    "Rancher: all nodes have an instance profile, by name in the node template. ECS: `ecsInstanceRole-profile` by the CLI, the role's own name by the console; any profile that holds the role will do. DKP: `DKPBootstrapInstanceProfile`.",
  evaluate: (context) => {
    const { rule, name } = context.watched.profile;
    if (rule !== "required" || name !== undefined) return undefined;
    const profiles = profilesOf(context);
    if (!Array.isArray(profiles)) return profiles as Outcome;
    if (profiles.length > 0) return passed(`${list(profiles as string[])} holds the role.`);
    if (emptyProfile(context) !== undefined) return toldBy("profile-holds-role");
    return {
      verdict: "failed",
      detail: "No instance profile holds the role.",
      expected: "an instance profile that holds the role",
      actual: "none",
      consequence: noInstance,
      steps: [{ text: "Create an instance profile and add the role to it." }],
    };
  },
};

export const profileHoldsRole: RoleControl = {
  id: "profile-holds-role",
  title: "The instance profile that was made for the role holds it",
  severity: "medium",
  resource: "role",
  rationale:
    "ECS's document makes the profile first (`create-instance-profile`) and adds the role to it in a second step: without that the profile is there and empty, which the console does not show at a glance.",
  evaluate: (context) => {
    if (context.watched.profile.rule !== "required") return undefined;
    const profiles = profilesOf(context);
    if (!Array.isArray(profiles)) return profiles as Outcome;
    if (profiles.length > 0) return passed(`${list(profiles as string[])} holds the role.`);
    const empty = emptyProfile(context);
    const { gap } = context.facts.iam.profiles;
    if (empty === undefined && gap !== undefined)
      return unseen("whether an instance profile of a usual name is empty", gap.action, gap.reason);
    if (empty === undefined)
      return notApplicable("There is no instance profile of a usual name that could hold it.");
    return {
      verdict: "failed",
      detail: `The instance profile \`${empty}\` is there, but no role is in it.`,
      expected: { [empty]: context.role.name },
      actual: { [empty]: null },
      consequence: noInstance,
      steps: [{ text: `Add the role to the instance profile \`${empty}\`.` }],
    };
  },
};

export const profileName: RoleControl = {
  id: "profile-name",
  title: "The instance profile of the configured name holds the role",
  severity: "medium",
  resource: "role",
  rationale:
    "Rancher's node templates take the profile by its name (not its ARN): a role in a profile of another name is of no use to them. Judged where `profile` is configured with a name.",
  evaluate: (context) => {
    const { name } = context.watched.profile;
    if (name === undefined) return undefined;
    const profiles = profilesOf(context);
    if (!Array.isArray(profiles)) return profiles as Outcome;
    const held = profiles as readonly string[];
    if (held.some((each) => matchesPattern(name, each))) return passed(`\`${name}\` holds the role.`);
    if (held.length === 0 && emptyProfile(context) !== undefined) return toldBy("profile-holds-role");
    return {
      verdict: "failed",
      detail:
        held.length === 0
          ? `No instance profile holds the role, where \`${name}\` is configured.`
          : `The role is in ${list(held)}, not in \`${name}\`.`,
      expected: name,
      actual: held,
      consequence: noInstance,
      steps: [{ text: `Add the role to the instance profile \`${name}\`.` }],
    };
  },
};

export const profileNone: RoleControl = {
  id: "profile-none",
  title: "No instance profile holds the role",
  severity: "medium",
  resource: "role",
  rationale:
    "A role that no instance should have, such as a deployment's, is open to every process on an instance once a profile holds it. Judged where `profile: none` is configured.",
  evaluate: (context) => {
    if (context.watched.profile.rule !== "none") return undefined;
    const profiles = profilesOf(context);
    if (!Array.isArray(profiles)) return profiles as Outcome;
    if (profiles.length === 0) return passed("No instance profile holds the role.");
    return {
      verdict: "failed",
      detail: `The instance profile ${list(profiles as string[])} holds the role, which should be in none.`,
      expected: [],
      actual: profiles,
      consequence: "Every process on an instance with that profile has the role's permissions.",
      steps: [{ text: "Remove the role from the instance profile." }],
    };
  },
};
