import { fillTemplate } from "../controls/fill-template.ts";
import type { RemediationStep } from "../model/result.ts";
import { type ExternalIdSource, withDocument } from "./document-argument.ts";
import { iamCommand } from "./iam-command.ts";
import { type Mending, templateValues } from "./mending.ts";

/** Puts the baseline's trust policy in place of the role's own. */
export function restoreTrust({ identity, role, watched }: Mending): readonly RemediationStep[] {
  if (watched.trust === undefined) return [];
  const document = fillTemplate(watched.trust, templateValues(identity, watched));
  const command = iamCommand(identity.partition, "update-assume-role-policy", { "role-name": role.name });
  return [
    {
      text: "This puts the expected trust policy in place of the one that is there.",
      command: withDocument(command, "--policy-document", document, externalIdOf(watched)),
    },
  ];
}

export const externalIdOf = ({ externalId, place }: Mending["watched"]): ExternalIdSource | undefined =>
  externalId === undefined ? undefined : { secret: externalId, place };
