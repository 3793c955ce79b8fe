import { type DecidingStatement, type Decision, evaluate } from "../evaluate/evaluate.ts";
import type { Spend } from "../evaluate/pattern.ts";
import type { Policy, PolicySet, Request, Statement } from "../model.ts";

/** A statement with its document's Version: by it, `${` is a variable or not. */
export interface Placed {
  readonly statement: Statement;
  readonly version: Policy["version"];
}

/** The Allow that let a request through, by its document: not the one of the boundary. */
export function allowingStatement(decision: Decision, set: PolicySet): Placed | undefined {
  const by = decision.decidedBy.find((one) => one.effect === "Allow" && one.from === "documents");
  return by && placedIn(set, by);
}

export function placedIn(set: PolicySet, { from, document, place }: DecidingStatement): Placed | undefined {
  const policy = set[from]?.[document];
  const statement = policy?.statements.find((one) => one.place === place);
  return policy === undefined || statement === undefined ? undefined : { statement, version: policy.version };
}

export const allowsOf = (policies: readonly Policy[]): readonly Placed[] =>
  policies.flatMap(({ version, statements }) =>
    statements.flatMap((statement) => (statement.effect === "Allow" ? { statement, version } : [])),
  );

/** The keys of a statement's conditions as written, each once; `but`: those left out, in lower case. */
export function keysOf({ conditions }: Statement, but: readonly string[] = []): readonly string[] {
  const keys = new Map(conditions.toReversed().map(({ key }) => [key.toLowerCase(), key]));
  for (const key of but) keys.delete(key.toLowerCase());
  return [...keys.values()].toReversed();
}

type Part = "resource" | "principal" | "condition";

/** Whether a statement is about a request when some of its parts are left out. */
export function matchesWithout(
  placed: Placed,
  parts: readonly Part[],
  request: Request,
  kind: PolicySet["kind"],
  spend: Spend,
): boolean {
  const { resources, principals, ...rest } = placed.statement;
  const statement: Statement = {
    ...rest,
    effect: "Allow",
    ...(resources === undefined || parts.includes("resource") ? {} : { resources }),
    ...(principals === undefined || parts.includes("principal") ? {} : { principals }),
    conditions: parts.includes("condition") ? [] : rest.conditions,
  };
  const documents = [{ version: placed.version, statements: [statement] }];
  return evaluate(request, { kind, documents }, spend).allowed;
}
