import type { Condition, Policy, PrincipalPattern, Statement } from "../../policy/model.ts";
import { mentions } from "./align-conditions.ts";

/**
 * AWS tells to ask Systems Manager for one's own account where it assumes the role of hybrid nodes, and it
 * sends it: https://docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-multicloud-service-role.html
 * EC2 sends nothing of the kind, so that the same condition there locks it out.
 */
const service = "ssm.amazonaws.com";
const keys = new Set(["aws:sourceaccount", "aws:sourcearn"]);
/** All of Systems Manager's resources in an account. */
const ofSsm = /^arn:[a-z*-]+:ssm:[a-z0-9*-]+:([^:]*):\*$/;

/**
 * The trust policy without what it asks of Systems Manager about this very account, which its requests
 * always meet. As it is when the baseline has something to say on these keys.
 */
export function withoutOwnSource(actual: Policy, expected: Policy, account: string): Policy {
  if (!mentions(actual, keys) || mentions(expected, keys)) return actual;
  const statements = actual.statements.map(
    (statement): Statement =>
      statement.effect === "Allow" && isOnlySsm(statement.principals?.patterns)
        ? { ...statement, conditions: statement.conditions.filter((each) => !isMet(each, account)) }
        : statement,
  );
  return { ...actual, statements };
}

const isOnlySsm = (patterns: readonly PrincipalPattern[] = []): boolean =>
  patterns.length > 0 && patterns.every((pattern) => pattern.type === "Service" && pattern.id === service);

function isMet({ operator, key, values }: Condition, account: string): boolean {
  if (operator.set !== undefined) return false;
  switch (key.toLowerCase()) {
    case "aws:sourceaccount":
      return /^String(Equals|Like|EqualsIgnoreCase)$/.test(operator.name) && values.includes(account);
    case "aws:sourcearn":
      return (
        /^(Arn(Like|Equals)|StringLike)$/.test(operator.name) &&
        values.some((value) => ofSsm.exec(value)?.[1] === account)
      );
    default:
      return false;
  }
}
