import type { RemediationStep } from "../model/result.ts";
import type { Policy } from "../policy/model.ts";
import { withDocument } from "./document-argument.ts";
import { exceeds, parseWritten, type Written } from "./edit-document.ts";
import { covers, type Held, heldBy } from "./held.ts";
import { iamCommand } from "./iam-command.ts";
import type { Mending } from "./mending.ts";
import { rewrite, withoutDeny } from "./policy-steps.ts";

/** Lets the management cluster's role assume another one, by a policy that says just that. */
export function allowAssuming(mending: Mending): readonly RemediationStep[] {
  const { identity, iam, role, watched } = mending;
  const manager = iam.roles.items.find(({ name }) => name === watched.assumedBy);
  if (manager === undefined) return [];
  const own = { ...mending, role: manager };
  const allow = { Effect: "Allow", Action: "sts:AssumeRole", Resource: role.arn };
  const held = heldBy(own);
  const documents = held.flatMap(({ written }) =>
    written === undefined ? [] : (parseWritten(written) ?? []),
  );
  const granted = covers(documents, allow);
  const denied = documents.length > 0 && deniesOf(documents, allow);
  const command = iamCommand(identity.partition, "put-role-policy", {
    "role-name": manager.name,
    "policy-name": `assume-${role.name}`.slice(0, 128),
  });
  const document = { Version: "2012-10-17", Statement: [allow] };
  return [
    ...(granted && denied
      ? []
      : [
          {
            text: `Allow \`${manager.name}\` to assume exactly this role.`,
            command: withDocument(command, "--policy-document", document, undefined),
          },
        ]),
    ...(denied ? held.flatMap((each) => (hasDeny(each) ? withoutDeny(own, each) : [])) : []),
  ];
}

const hasDeny = ({ written }: Held): boolean =>
  written?.statements.some((statement) => statement["Effect"] === "Deny") === true;

/** Whether a statement would still be denied with an Allow for just it beside the documents. */
function deniesOf(documents: readonly Policy[], statement: Written["statements"][number]): boolean {
  const alone = parseWritten({ version: "2012-10-17", statements: [statement] });
  return alone !== undefined && exceeds([alone], [...documents, alone]) !== "none";
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
