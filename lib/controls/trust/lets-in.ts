import type { Difference } from "../../model/result.ts";
import type { Policy } from "../../policy/model.ts";
import { covers } from "../permissions/only-action.ts";

/**
 * Whether a policy names everyone who proves these differences, or their account, for what they do: then
 * it is its conditions that make the difference.
 */
export const letsAllIn = (policy: Policy, differences: readonly Difference[]): boolean =>
  differences.length > 0 && differences.every(({ witness }) => letsIn(policy, witness));

function letsIn({ statements }: Policy, { principal, action }: Difference["witness"]): boolean {
  const ids = typeof principal === "string" ? [principal] : Object.values(principal ?? {});
  const named = ids.flatMap((id) => {
    const account = /^(arn:[^:]*:)(?:iam|sts)(::\d{12}:)/.exec(id);
    return account === null ? [id] : [id, `${account[1]}iam${account[2]}root`];
  });
  return statements.some(
    (statement) =>
      statement.effect === "Allow" &&
      covers(statement, action.toLowerCase()) &&
      statement.principals?.patterns.some(
        (pattern) => pattern.type !== "everyone" && named.includes(pattern.id),
      ),
  );
}
