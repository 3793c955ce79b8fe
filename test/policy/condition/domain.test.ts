import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget } from "../../../lib/policy/comparison/budget.ts";
import type { Test } from "../../../lib/policy/comparison/grants.ts";
import { Asked, usualReading } from "../../../lib/policy/comparison/reading.ts";
import { domainOf } from "../../../lib/policy/condition/domain.ts";
import { evaluate } from "../../../lib/policy/evaluate/evaluate.ts";
import { findOperator } from "../../../lib/policy/operators.ts";
import { policyOf } from "../arbitrary-policies.ts";

const key = "x:key";

function testsOf(conditions: readonly (readonly [string, readonly string[]])[]): readonly Test[] {
  return conditions.map(([name, values], id) => {
    const operator = findOperator(name);
    if (operator === undefined) throw new Error(name);
    return { operator, key, values, variables: true, id };
  });
}

const surroundings = () => ({
  asked: new Asked(usualReading),
  assignment: undefined,
  budget: new Budget(),
  fresh: ["example"],
});

/** What the evaluator says of one condition on one value. */
function holds(
  name: string,
  values: readonly string[],
  value: string | readonly string[] | undefined,
): boolean | undefined {
  const document = {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: { [name]: { [key]: values } } },
  };
  const request = { action: "x:Y", resource: "*", context: value === undefined ? {} : { [key]: value } };
  const { verdict } = evaluate(request, { kind: "identity", documents: [policyOf(document, "identity")] });
  return verdict === "uncertain" ? undefined : verdict === "allowed";
}

const families: Readonly<
  Record<string, { operators: readonly string[]; bounds: readonly string[]; values: readonly string[] }>
> = {
  texts: {
    operators: [
      "StringEquals",
      "StringNotEquals",
      "StringLike",
      "StringNotLike",
      "StringEqualsIgnoreCase",
      "StringLikeIfExists",
    ],
    bounds: ["a", "A", "a*", "*b", "a?", "ab", "*"],
    values: ["", "a", "A", "ab", "b", "abb", "aa", "c"],
  },
  ARNs: {
    operators: ["ArnLike", "ArnNotEquals", "ArnEqualsIfExists", "StringLike"],
    bounds: ["arn:aws:s3:::a*", "arn:aws:s3:*:*:a", "arn:*:*:*:*:*", "arn:aws:sns:?:1:*b"],
    values: [
      "arn:aws:s3:::a",
      "arn:aws:s3:r:1:a",
      "arn:aws:sns:r:1:ab",
      "arn:aws:s3:::b:a",
      "arn:aws:sns:rr:1:b",
    ],
  },
  numbers: {
    operators: [
      "NumericEquals",
      "NumericNotEquals",
      "NumericLessThan",
      "NumericLessThanEquals",
      "NumericGreaterThan",
      "NumericGreaterThanEqualsIfExists",
    ],
    bounds: ["1", "1.0", "-2", "1.5", "20"],
    values: ["0", "1", "1.2", "1.5", "-2", "-3", "20", "21", "007"],
  },
  dates: {
    operators: ["DateEquals", "DateNotEquals", "DateLessThan", "DateGreaterThanEquals"],
    bounds: ["2024-01-01T00:00:00Z", "2024-01-01", "2024-06-01T12:00:00+02:00", "1704067200"],
    values: [
      "2023-01-01T00:00:00Z",
      "2024-01-01T00:00:00Z",
      "2024-01-01T00:00:01Z",
      "2024-06-01T10:00:00Z",
      "1704067201",
    ],
  },
  addresses: {
    operators: ["IpAddress", "NotIpAddress", "IpAddressIfExists"],
    bounds: ["10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "2001:db8::1"],
    values: ["10.0.0.0", "10.1.2.3", "9.255.255.255", "11.0.0.0", "2001:db8::", "2001:db8::1", "2001:db9::"],
  },
  booleans: {
    operators: ["Bool", "BoolIfExists"],
    bounds: ["true", "false", "True"],
    values: ["true", "false"],
  },
  bytes: { operators: ["BinaryEquals"], bounds: ["QQ==", "Qg=="], values: ["QQ==", "Qg==", "Qw=="] },
};

describe.each(Object.entries(families))("the domain of a key of %s", (_, { operators, bounds, values }) => {
  const condition = fc.tuple(
    fc.oneof(
      fc.constantFrom(...operators),
      fc.constantFrom(...operators.map((name) => `ForAllValues:${name}`)),
      fc.constantFrom(...operators.map((name) => `ForAnyValue:${name}`)),
    ),
    fc.uniqueArray(fc.constantFrom(...bounds), { minLength: 1, maxLength: 3 }),
  );
  const isSet = (name: string) => name.startsWith("For");
  const conditions = fc
    .tuple(fc.array(condition, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([all, sets]) => all.filter(([name]) => isSet(name) === sets))
    .filter((all) => all.length > 0);

  it("says of each of its values what the evaluator says", () => {
    fc.assert(
      fc.property(conditions, (all) => {
        const domain = domainOf(
          key,
          testsOf(all),
          all.some(([name]) => isSet(name)),
          surroundings(),
        );
        for (const [index, value] of domain.values.entries()) {
          if (domain.doubts[index] !== undefined) continue;
          for (const [id, [name, texts]] of all.entries()) {
            const said = ((domain.truth.get(id)?.[index >>> 5] ?? 0) >>> (index & 31)) & 1;
            const expected = holds(name, texts, value);
            expect([name, texts, value, said === 1]).toEqual([name, texts, value, expected ?? said === 1]);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("has a value for whatever a request may hold", () => {
    const value = fc.option(
      fc.oneof(
        fc.constantFrom(...values),
        fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
      ),
      { nil: undefined },
    );
    fc.assert(
      fc.property(conditions, value, (all, given) => {
        const sets = all.some(([name]) => isSet(name));
        const actual = sets || !Array.isArray(given) ? given : given[0];
        const expected = all.map(([name, texts]) => holds(name, texts, actual));
        if (expected.includes(undefined)) return;
        const domain = domainOf(key, testsOf(all), sets, surroundings());
        const rows = domain.values.map((_value, index) =>
          all.map((_test, id) => (((domain.truth.get(id)?.[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1),
        );
        expect(rows).toContainEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a key under operators of different kinds", () => {
  it("has sure values where all read one text alike, and guesses for the rest", () => {
    const domain = domainOf(
      key,
      testsOf([
        ["StringEquals", ["5"]],
        ["NumericLessThan", ["10"]],
      ]),
      false,
      surroundings(),
    );
    expect(domain.values[0]).toBeUndefined();
    expect(domain.values).toContain("5");
    expect(domain.doubts).toContain("it hangs on a key that is compared by operators of different kinds");
  });
});
