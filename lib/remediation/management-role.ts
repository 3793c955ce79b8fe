import { indexOf } from "../controls/account-index.ts";
import type { IamFacts, RoleFacts } from "../model/facts.ts";
import type { RemediationStep } from "../model/result.ts";
import { withDocument } from "./document-argument.ts";
import { exceeds, parseWritten, readWritten } from "./edit-document.ts";
import { covers, heldBy } from "./held.ts";
import { iamCommand } from "./iam-command.ts";
import type { Mending } from "./mending.ts";
import { freeName, rewrite, withoutDeny } from "./policy-steps.ts";
import { decideBoundary } from "./restore-boundary.ts";

/** Lets the management cluster's role assume another one, by a policy that says just that. */
export function allowAssuming(mending: Mending): readonly RemediationStep[] {
  const { identity, iam, role, watched } = mending;
  const manager = roleOf(iam, watched.assumedBy);
  if (manager === undefined) return [];
  const own = { ...mending, role: manager };
  const allow = { Effect: "Allow", Action: "sts:AssumeRole", Resource: role.arn };
  const held = heldBy(own);
  const documents = held.flatMap(({ written }) =>
    written === undefined ? [] : (parseWritten(written) ?? []),
  );
  const granted = covers(documents, allow);
  const needed = parseWritten({ version: "2012-10-17", statements: [allow] });
  const denied = needed !== undefined && exceeds([needed], [...documents, needed]) !== "none";
  const boundary =
    manager.boundary.at === "found" ? indexOf(iam).policy.get(manager.boundary.value) : undefined;
  const limit = boundary === undefined ? undefined : readWritten(boundary.document);
  const limits = limit === undefined ? undefined : parseWritten(limit);
  const bounded = needed !== undefined && limits !== undefined && exceeds([needed], [limits]) !== "none";
  const command = iamCommand(identity.partition, "put-role-policy", {
    "role-name": manager.name,
    "policy-name": freeName(own, `assume-${role.name}`),
  });
  const document = { Version: "2012-10-17", Statement: [allow] };
  return [
    ...(granted && (denied || bounded)
      ? []
      : [
          {
            text: `Allow \`${manager.name}\` to assume exactly this role.`,
            command: withDocument(command, "--policy-document", document, undefined),
          },
        ]),
    ...(denied ? held.flatMap((each) => withoutDeny(own, each, [needed])) : []),
    ...(bounded ? decideBoundary(own) : []),
  ];
}

/** Names the role where a policy of the management cluster's role lets it assume by a wildcard. */
export function narrowAssuming(mending: Mending): readonly RemediationStep[] {
  const manager = roleOf(mending.iam, mending.watched.assumedBy);
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

const roleOf = (iam: IamFacts, name: string | undefined): RoleFacts | undefined =>
  name === undefined ? undefined : indexOf(iam).role.get(name);

/** A statement that gives sts:AssumeRole by name, on more than roles that are named. */
const isWide = (statement: Readonly<Record<string, unknown>>): boolean =>
  statement["Effect"] === "Allow" &&
  wordsOf(statement["Action"]).some(isAssume) &&
  wordsOf(statement["Resource"]).some((resource) => /[*?$]/.test(resource));

const isAssume = (action: string): boolean => action.toLowerCase() === "sts:assumerole";

const wordsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((word) => typeof word === "string");
