import { fillTemplate } from "../controls/fill-template.ts";
import type { WatchedRole } from "../model/config.ts";
import type { AccountIdentity, IamFacts } from "../model/facts.ts";
import type { RemediationStep } from "../model/result.ts";
import { absent, found } from "../model/seen.ts";
import { withDocument } from "./document-argument.ts";
import { iamCommand } from "./iam-command.ts";
import { mendPermissions } from "./mend-permissions.ts";
import { templateValues } from "./mending.ts";
import { addToProfile } from "./restore-profile.ts";
import { externalIdOf } from "./restore-trust.ts";

/** Makes a role that an entry names and the account does not have; nothing for a pattern, which names none. */
export function createRole(
  identity: AccountIdentity,
  iam: IamFacts,
  watched: WatchedRole,
): readonly RemediationStep[] {
  const { name, path } = watched.select;
  if (iam.roles.items.some((role) => role.name === name)) return [];
  if (name === undefined || /[*?]/.test(name) || watched.trust === undefined) return [];
  const exactPath = path !== undefined && !/[*?]/.test(path) ? path : "/";
  const trust = fillTemplate(watched.trust, templateValues(identity, watched));
  const create = iamCommand(identity.partition, "create-role", {
    "role-name": name,
    ...(exactPath === "/" ? {} : { path: exactPath }),
  });
  const none = found([]);
  const role = {
    arn: `arn:${identity.partition}:iam::${identity.account}:role${exactPath}${name}`,
    name,
    path: exactPath,
    id: "",
    trust: absent,
    inline: none,
    attached: none,
    boundary: absent,
    profiles: none,
    tags: absent,
  };
  const mending = { identity, iam, role, watched };
  return [
    {
      text: `Make the role \`${name}\` with the expected trust policy.`,
      command: withDocument(create, "--assume-role-policy-document", trust, externalIdOf(watched)),
    },
    ...mendPermissions({ ...mending, allowed: [], trim: false, give: true }),
    ...(watched.profile.rule === "required" ? addToProfile(mending) : []),
  ];
}
