import type { Condition, Policy, PrincipalPattern, Statement } from "../../policy/model.ts";

/**
 * The trust policy `actual`, with the conditions on `keys` of each principal that `expected` names put as
 * they stand there. What changes by it is what those conditions do; what is left differs for another
 * reason. A principal that `expected` does not name keeps its conditions. Keys are lower case.
 */
export function alignConditions(actual: Policy, expected: Policy, keys: ReadonlySet<string>): Policy {
  const isOurs = ({ key }: Condition) => keys.has(key.toLowerCase());
  const statements = actual.statements.flatMap((statement): readonly Statement[] => {
    if (statement.effect === "Deny") {
      const ours = statement.conditions.filter(isOurs);
      return ours.length > 0 && ours.length === statement.conditions.length ? [] : [statement];
    }
    if (statement.principals === undefined || statement.principals.not) return [statement];
    const groups = new Map<
      string,
      { conditions: readonly Condition[] | undefined; patterns: PrincipalPattern[] }
    >();
    for (const pattern of statement.principals.patterns) {
      const wanted = conditionsFor(pattern, expected)?.filter(isOurs);
      const key = JSON.stringify(wanted ?? "none");
      const group = groups.get(key) ?? { conditions: wanted, patterns: [] };
      group.patterns.push(pattern);
      groups.set(key, group);
    }
    return [...groups.values()].map(({ conditions, patterns }) => ({
      ...statement,
      principals: { not: false, patterns },
      conditions:
        conditions === undefined
          ? statement.conditions
          : [...statement.conditions.filter((c) => !isOurs(c)), ...conditions],
    }));
  });
  return { ...actual, statements };
}

/** Whether conditions on `keys` stand anywhere in a policy. */
export const mentions = ({ statements }: Policy, keys: ReadonlySet<string>): boolean =>
  statements.some(({ conditions }) => conditions.some(({ key }) => keys.has(key.toLowerCase())));

/** The conditions under which `expected` lets a principal in, undefined when it does not name it or its account. */
function conditionsFor(pattern: PrincipalPattern, expected: Policy): readonly Condition[] | undefined {
  const named = (test: (other: PrincipalPattern) => boolean) =>
    expected.statements.find(
      ({ effect, principals }) =>
        effect === "Allow" && principals !== undefined && !principals.not && principals.patterns.some(test),
    )?.conditions;
  const account = accountOf(pattern);
  return (
    named((other) => same(other, pattern)) ??
    (account === undefined ? undefined : named((other) => accountOf(other) === account))
  );
}

const same = (a: PrincipalPattern, b: PrincipalPattern): boolean =>
  a.type === b.type && (a.type === "everyone" || b.type === "everyone" || a.id === b.id);

/** The account of an AWS principal. */
const accountOf = (pattern: PrincipalPattern): string | undefined =>
  pattern.type === "AWS" ? /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(pattern.id)?.[1] : undefined;
