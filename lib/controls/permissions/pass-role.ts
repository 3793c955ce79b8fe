import type { Policy, Statement } from "../../policy/model.ts";
import type { Compare } from "../compare-policies.ts";
import { type Part, partOf, same } from "../part.ts";
import { covers, onlyAction } from "./only-action.ts";
import { policySet } from "./role-policies.ts";

const action = "iam:PassRole";

/** Whether a statement gives PassRole by name, rather than with all else that IAM can do. */
const byName = (statement: Statement): boolean =>
  statement.effect === "Allow" &&
  !statement.actions.not &&
  statement.actions.patterns.some((pattern) => /^iam:pass/i.test(pattern)) &&
  covers(statement, action.toLowerCase());

/** Whether a statement gives PassRole only for roles that are named one by one. */
const namesItsRoles = ({ resources }: Statement): boolean =>
  resources !== undefined &&
  !resources.not &&
  resources.patterns.every((pattern) => /^arn:[^:*?]+:iam::\d{12}:role\/[^*?$]+$/.test(pattern));

export interface PassRole {
  readonly part: Part;
  /** What may stand besides the baseline in the rest of the comparison, so that nothing is told twice. */
  readonly aside: readonly Policy[];
}

const everywhere: Policy = {
  version: "2012-10-17",
  statements: [
    {
      effect: "Allow",
      actions: { not: false, patterns: [action] },
      resources: { not: false, patterns: ["*"] },
      conditions: [],
      place: "",
    },
  ],
};

/** What the documents say of PassRole for roles that are named one by one. */
export const passRoleByName = (documents: readonly Policy[]): readonly Policy[] =>
  documents
    .map((policy) => ({
      ...onlyAction(policy, action),
      statements: onlyAction(
        { ...policy, statements: policy.statements.filter(byName) },
        action,
      ).statements.filter(namesItsRoles),
    }))
    .filter((policy) => policy.statements.length > 0);

/** How far the right to pass roles goes beyond the baseline. */
export function judgePassRole(
  documents: readonly Policy[],
  boundary: Policy | undefined,
  allowed: readonly Policy[],
  namedIsFine: boolean,
  compare: Compare,
): PassRole {
  const statements = documents.flatMap((policy) => policy.statements);
  const grants = statements.filter((each) => each.effect === "Allow" && covers(each, action.toLowerCase()));
  if (grants.length === 0) return { part: same, aside: [] };
  const fine = namedIsFine ? passRoleByName(documents) : [];
  const only = (policies: readonly Policy[]) => policies.map((policy) => onlyAction(policy, action));
  const { firstExceeds } = compare(
    policySet(only(documents), boundary === undefined ? undefined : onlyAction(boundary, action)),
    policySet([...only(allowed), ...fine], undefined),
  );
  const part = partOf(firstExceeds, "excess");
  if (part.at === "same") return { part, aside: fine };
  if (!grants.every(byName)) return { part: { at: "told", by: "permissions-excess" }, aside: fine };
  return { part, aside: [everywhere] };
}
