import { indexOf } from "../controls/account-index.ts";
import type { RemediationStep } from "../model/result.ts";
import { iamCommand } from "./iam-command.ts";
import type { Mending } from "./mending.ts";

/** Gives the role the instance profile that it should be in, made new where there is none. */
export function addToProfile({ identity, iam, role, watched }: Mending): readonly RemediationStep[] {
  const { name, usual } = watched.profile;
  // A usual name is one role's: for the others of its kind the role's own name makes the profile.
  const own = usual.filter((each) => each.startsWith(role.name));
  const profileOf = (profile: string) => indexOf(iam).profile.get(profile);
  const empty = usual.filter((each) => profileOf(each)?.roles.length === 0);
  const wanted = [name, ...empty, ...own, role.name, `${role.name}-profile`].filter(
    (each): each is string => each !== undefined && !/[*?{]/.test(each),
  );
  const isFree = (profile: string): boolean => (profileOf(profile)?.roles.length ?? 0) === 0;
  const profile = name === undefined ? wanted.find(isFree) : wanted[0];
  if (profile === undefined) {
    return [
      { text: `Decide in which instance profile the role belongs: ${wanted.join(", ")} hold other roles.` },
    ];
  }
  const held = profileOf(profile);
  const add = iamCommand(identity.partition, "add-role-to-instance-profile", {
    "instance-profile-name": profile,
    "role-name": role.name,
  });
  const [other] = held?.roles ?? [];
  if (other !== undefined) {
    return [
      {
        text: `A profile holds one role, and \`${profile}\` holds \`${other}\`. Decide whether its instances may change roles; if so:`,
        command: `${leave(identity.partition, profile, other)} &&\n${add}`,
      },
    ];
  }
  if (held !== undefined)
    return [{ text: `Put the role into the empty instance profile \`${profile}\`.`, command: add }];
  const create = iamCommand(identity.partition, "create-instance-profile", {
    "instance-profile-name": profile,
  });
  return [
    {
      text: `Make the instance profile \`${profile}\` and put the role into it.`,
      command: `${create} &&\n${add}`,
    },
  ];
}

/** Takes the role out of the instance profiles that hold it. */
export const leaveProfiles = ({
  identity,
  role,
}: Pick<Mending, "identity" | "role">): readonly RemediationStep[] =>
  (role.profiles.at === "found" ? role.profiles.value : []).map((profile) => ({
    text: `Take the role out of the instance profile \`${profile}\`: instances that carry it lose the role.`,
    command: leave(identity.partition, profile, role.name),
  }));

const leave = (partition: string, profile: string, role: string): string =>
  iamCommand(partition, "remove-role-from-instance-profile", {
    "instance-profile-name": profile,
    "role-name": role,
  });
