import { describe, expect, it } from "vitest";
import { isUnsure } from "../../../lib/policy/evaluate/answer.ts";
import { matchCondition } from "../../../lib/policy/evaluate/condition.ts";
import { RequestContext } from "../../../lib/policy/evaluate/context.ts";
import { operatorNames } from "../../../lib/policy/model.ts";
import { findOperator } from "../../../lib/policy/operators.ts";

type Value = string | readonly string[] | undefined;

/** yes, no or unsure */
function ask(name: string, values: readonly string[], value: Value): string {
  const operator = findOperator(name);
  if (operator === undefined) throw new Error(name);
  const context = new RequestContext(value === undefined ? {} : { "x:Key": value });
  const answer = matchCondition(
    { operator, key: "X:key", values },
    { context, variables: true, spend: () => {} },
  );
  return isUnsure(answer) ? "unsure" : answer ? "yes" : "no";
}

describe("one operator, one value", () => {
  it.each<[string, readonly string[], Value, string]>([
    ["StringEquals", ["a", "b"], "b", "yes"],
    ["StringEquals", ["a*"], "ab", "no"],
    ["StringEquals", ["a*"], "a*", "yes"],
    ["StringEquals", ["A"], "a", "no"],
    ["StringNotEquals", ["a", "b"], "b", "no"],
    ["StringNotEquals", ["a", "b"], "c", "yes"],
    ["StringEqualsIgnoreCase", ["Ab"], "aB", "yes"],
    ["StringNotEqualsIgnoreCase", ["Ab"], "aB", "no"],
    ["StringEqualsIgnoreCase", ["stra\u00dfe"], "STRASSE", "unsure"],
    ["StringLike", ["a*c?"], "abbcd", "yes"],
    ["StringLike", ["a*c?"], "abbc", "no"],
    ["StringNotLike", ["a*"], "abc", "no"],
    ["NumericEquals", ["1.0"], "1", "yes"],
    ["NumericEquals", ["9007199254740993"], "9007199254740992", "no"],
    ["NumericNotEquals", ["1"], "2", "yes"],
    ["NumericLessThan", ["10"], "9.99", "yes"],
    ["NumericLessThan", ["10"], "10", "no"],
    ["NumericLessThanEquals", ["10"], "10", "yes"],
    ["NumericGreaterThan", ["-1"], "0", "yes"],
    ["NumericGreaterThanEquals", ["3"], "2", "no"],
    ["NumericEquals", ["ten"], "10", "unsure"],
    ["NumericEquals", ["10"], "ten", "unsure"],
    ["DateEquals", ["2020-01-01T00:00:00Z"], "1577836800", "yes"],
    ["DateEquals", ["2020-01-01"], "2020-01-01T01:00:00+01:00", "yes"],
    ["DateNotEquals", ["2020-01-01"], "2020-01-02", "yes"],
    ["DateLessThan", ["2020-02-01T00:00:00Z"], "2020-01-31T23:59:59.999Z", "yes"],
    ["DateLessThanEquals", ["2020-02-01"], "2020-02-02", "no"],
    ["DateGreaterThan", ["2020-02-01"], "2020-02-01T00:00:01Z", "yes"],
    ["DateGreaterThanEquals", ["2020-02-01"], "2020-02-01", "yes"],
    ["DateLessThan", ["2020-02-30"], "2020-01-01", "unsure"],
    ["DateLessThan", ["2020"], "2020-01-01", "unsure"],
    ["Bool", ["true"], "true", "yes"],
    ["Bool", ["True"], "false", "no"],
    ["Bool", ["yes"], "true", "unsure"],
    ["BinaryEquals", ["QUI="], "QUI=", "yes"],
    ["BinaryEquals", ["QUI="], "QUM=", "no"],
    ["BinaryEquals", ["?"], "QUM=", "unsure"],
    ["IpAddress", ["10.0.0.0/8"], "10.255.0.1", "yes"],
    ["IpAddress", ["10.0.0.0/8"], "11.0.0.0", "no"],
    ["IpAddress", ["10.0.0.1"], "10.0.0.1", "yes"],
    ["IpAddress", ["10.0.0.129/25"], "10.0.0.200", "yes"],
    ["IpAddress", ["0.0.0.0/0"], "2001:db8::1", "no"],
    ["IpAddress", ["2001:DB8::/33"], "2001:db8:7fff::1", "yes"],
    ["IpAddress", ["2001:db8::/33"], "2001:db8:8000::1", "no"],
    ["IpAddress", ["2001:db8::1"], "2001:0db8:0:0:0:0:0:1", "yes"],
    ["IpAddress", ["10.0.0.0/33"], "10.0.0.0", "unsure"],
    ["IpAddress", ["10.0.0.0/8"], "::ffff:10.0.0.1", "unsure"],
    ["NotIpAddress", ["10.0.0.0/8", "192.168.0.0/16"], "192.168.1.1", "no"],
    ["NotIpAddress", ["10.0.0.0/8"], "8.8.8.8", "yes"],
    ["ArnLike", ["arn:aws:iam::*:role/x*"], "arn:aws:iam::1:role/xy", "yes"],
    ["ArnEquals", ["arn:aws:iam::*:role/x*"], "arn:aws:iam::1:role/xy", "yes"],
    ["ArnLike", ["arn:aws:iam:*:role/x"], "arn:aws:iam::1:role/x", "unsure"],
    ["ArnLike", ["arn:aws:sns:*:*:x"], "arn:aws:sns:a:b:c:x", "no"],
    ["ArnNotLike", ["arn:aws:iam::*:role/x"], "arn:aws:iam::1:role/x", "no"],
    ["ArnNotEquals", ["arn:aws:iam::*:role/x"], "arn:aws:iam::1:role/y", "yes"],
    ["ArnLike", ["x"], "x", "unsure"],
    ["ArnLike", ["x"], "arn:aws:iam::1:role/x", "no"],
    ["ArnEquals", ["*"], "arn:aws:iam::1:role/x", "unsure"],
    ["ArnLike", ["arn:aws:iam::1:role/x"], "x", "no"],
    ["ArnNotLike", ["x"], "x", "unsure"],
    ["ArnNotLike", ["x"], "arn:aws:iam::1:role/x", "unsure"],
    ["ArnNotLike", ["arn:aws:iam::1:role/x"], "x", "unsure"],
    ["ArnNotLike", ["${aws:SourceArn}"], "arn:aws:iam::1:role/x", "yes"],
    ["Null", ["true"], "x", "no"],
    ["Null", ["false"], "x", "yes"],
    ["Null", ["true", "false"], "x", "yes"],
    ["Null", ["maybe"], "x", "unsure"],
    ["StringEquals", ["a"], ["a", "b"], "unsure"],
    ["StringEquals", ["a"], ["a"], "unsure"],
  ])("%s %j on %j: %s", (name, values, value, expected) => {
    expect(ask(name, values, value)).toBe(expected);
  });
});

describe("a key that is absent", () => {
  const literal: Record<string, string> = {
    Numeric: "1",
    Date: "2020-01-01",
    Bool: "true",
    Binary: "QUI=",
    Ip: "10.0.0.0/8",
    NotIp: "10.0.0.0/8",
    Arn: "arn:aws:iam::1:role/x",
    Null: "true",
  };
  const literalOf = (name: string) =>
    Object.entries(literal).find(([start]) => name.startsWith(start))?.[1] ?? "a";

  it.each(operatorNames.filter((name) => name !== "Null").map((name) => [name, /Not/.test(name)] as const))(
    "%s is %s, and true with IfExists",
    (name, negated) => {
      const values = [literalOf(name)];
      expect(ask(name, values, undefined)).toBe(negated ? "yes" : "no");
      expect(ask(`${name}IfExists`, values, undefined)).toBe("yes");
      for (const nothing of [undefined, []]) {
        expect(ask(`ForAllValues:${name}`, values, nothing)).toBe("yes");
        expect(ask(`ForAllValues:${name}IfExists`, values, nothing)).toBe("yes");
        expect(ask(`ForAnyValue:${name}`, values, nothing)).toBe("no");
        expect(ask(`ForAnyValue:${name}IfExists`, values, nothing)).toBe("unsure");
      }
    },
  );

  it("is what Null asks for", () => {
    expect(ask("Null", ["true"], undefined)).toBe("yes");
    expect(ask("Null", ["false"], undefined)).toBe("no");
  });
});

describe("a key with many values", () => {
  it.each<[string, readonly string[], readonly string[], string]>([
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], "yes"],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], "no"],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], "yes"],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c"], "no"],
    ["ForAllValues:StringNotEquals", ["a"], ["b", "a"], "no"],
    ["ForAllValues:StringNotEquals", ["a"], ["b", "c"], "yes"],
    ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], "yes"],
    ["ForAnyValue:StringNotEquals", ["a"], ["a"], "no"],
    ["ForAllValues:StringLike", ["a*"], ["ab", "ac"], "yes"],
    // An empty text may count as no value at all.
    ["ForAllValues:StringEquals", ["a"], [""], "unsure"],
    ["ForAllValues:StringEquals", ["a"], ["", "b"], "no"],
    ["ForAnyValue:StringEquals", ["a"], [""], "no"],
    ["ForAnyValue:StringLike", ["*"], [""], "unsure"],
  ])("%s %j on %j: %s", (name, values, value, expected) => {
    expect(ask(name, values, value)).toBe(expected);
  });

  it("counts a single value as a list of one", () => {
    expect(ask("ForAnyValue:StringEquals", ["a"], "a")).toBe("yes");
  });
});

it("two keys that differ only in letter case leave it uncertain, unless they agree", () => {
  const operator = findOperator("StringEquals");
  if (operator === undefined) throw new Error("StringEquals");
  const condition = { operator, key: "aws:RequestTag/a", values: ["1"] };
  const answer = (other: string) =>
    matchCondition(condition, {
      context: new RequestContext({ "aws:RequestTag/A": other, "aws:RequestTag/a": "1" }),
      variables: true,
      spend: () => {},
    });
  expect(answer("1")).toBe(true);
  expect(isUnsure(answer("2"))).toBe(true);
});
