import type { AccountIdentity, IamFacts, RoleFacts } from "../model/facts.ts";
import type { RemediationStep } from "../model/result.ts";
import { withDocument } from "./document-argument.ts";
import { iamCommand } from "./iam-command.ts";
import type { Mending } from "./mending.ts";
import { heldBy, rewrite } from "./restore-permissions.ts";

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

/** Names the role where a policy of the management cluster's role lets it assume by a wildcard. */
export function narrowAssuming(mending: Mending): readonly RemediationStep[] {
  const manager = mending.iam.roles.items.find(({ name }) => name === mending.watched.assumedBy);
  if (manager === undefined) return [];
  const own = { ...mending, role: manager };
  return heldBy(own).flatMap((held) => {
    const { written } = held;
    if (written === undefined || !written.statements.some(isWide)) return [];
    const statements = written.statements.flatMap((statement) => {
      if (!isWide(statement)) return [statement];
      const exact = { ...statement, Action: "sts:AssumeRole", Resource: mending.role.arn };
      const rest = wordsOf(statement["Action"]).filter((action) => !isAssume(action));
      return rest.length === 0 ? [exact] : [exact, { ...statement, Action: rest }];
    });
    return rewrite(own, held, { ...written, statements }).map((step) => ({
      ...step,
      text: `${step.text} If it has to assume other roles, name them there too.`,
    }));
  });
}

/** A statement that gives sts:AssumeRole by name, on more than roles that are named. */
const isWide = (statement: Readonly<Record<string, unknown>>): boolean =>
  statement["Effect"] === "Allow" &&
  wordsOf(statement["Action"]).some(isAssume) &&
  wordsOf(statement["Resource"]).some((resource) => /[*?$]/.test(resource));

const isAssume = (action: string): boolean => action.toLowerCase() === "sts:assumerole";

const wordsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((word) => typeof word === "string");
