import type { AccountIdentity, IamFacts, RoleFacts } from "../model/facts.ts";
import type { RemediationStep } from "../model/result.ts";
import { withDocument } from "./document-argument.ts";
import { iamCommand } from "./iam-command.ts";

/** Lets the management cluster's role assume another one, by a policy that says just that. */
export function allowAssuming(
  identity: AccountIdentity,
  iam: IamFacts,
  manager: string,
  role: RoleFacts,
): readonly RemediationStep[] {
  if (!iam.roles.items.some(({ name }) => name === manager)) return [];
  const command = iamCommand(identity.partition, "put-role-policy", {
    "role-name": manager,
    "policy-name": `assume-${role.name}`.slice(0, 128),
  });
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: role.arn }],
  };
  return [
    {
      text: `Allow \`${manager}\` to assume exactly this role.`,
      command: withDocument(command, "--policy-document", document, undefined),
    },
  ];
}
