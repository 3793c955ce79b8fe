import type { Policy, PrincipalPattern, Statement } from "../../policy/model.ts";
import { isUniqueId } from "../../policy/parse-principal.ts";

/** Everyone, or everyone of a type. */
export const isWildcard = (pattern: PrincipalPattern): boolean =>
  pattern.type === "everyone" || pattern.id === "*";

/** What is left in place of a user or role that was deleted. */
export const isDead = (pattern: PrincipalPattern): boolean =>
  pattern.type === "AWS" && isUniqueId(pattern.id);

/** The principals that a policy's Allow statements name and that pass a test, each id once. */
export function allowedPrincipals(
  { statements }: Policy,
  test: (pattern: PrincipalPattern) => boolean,
): readonly string[] {
  const ids = statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ principals }) => principals?.patterns ?? [])
    .filter(test)
    .map((pattern) => (pattern.type === "everyone" ? "*" : pattern.id));
  return [...new Set(ids)];
}

/** The policy without some of the principals that it lets in. */
export function withoutPrincipals(policy: Policy, drop: (pattern: PrincipalPattern) => boolean): Policy {
  const statements = policy.statements.flatMap((statement): readonly Statement[] => {
    const { effect, principals } = statement;
    if (effect === "Deny" || principals === undefined || principals.not) return [statement];
    const patterns = principals.patterns.filter((pattern) => !drop(pattern));
    if (patterns.length === principals.patterns.length) return [statement];
    return patterns.length === 0 ? [] : [{ ...statement, principals: { not: false, patterns } }];
  });
  return { ...policy, statements };
}

/** In China a service goes by two names; here it goes by one. */
export function oneNamePerService(policy: Policy): Policy {
  const rename = (pattern: PrincipalPattern): PrincipalPattern =>
    pattern.type === "Service" && pattern.id.endsWith(".amazonaws.com.cn")
      ? { type: "Service", id: pattern.id.slice(0, -".cn".length) }
      : pattern;
  const statements = policy.statements.map((statement) =>
    statement.principals === undefined
      ? statement
      : {
          ...statement,
          principals: { ...statement.principals, patterns: statement.principals.patterns.map(rename) },
        },
  );
  return { ...policy, statements };
}
