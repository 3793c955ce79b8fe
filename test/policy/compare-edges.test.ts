import { describe, expect, it } from "vitest";
import { compare } from "../../lib/policy/compare.ts";
import type { PolicyKind, PolicySet } from "../../lib/policy/model.ts";
import { policyOf } from "./arbitrary-policies.ts";

type Json = Readonly<Record<string, unknown>>;

const allow = (more: Json = {}): Json => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "*",
  ...more,
});
const { Resource: _, ...bare } = allow();
const deny = (more: Json): Json => ({ ...("NotResource" in more ? bare : allow()), ...more, Effect: "Deny" });
const when = (Condition: Json): readonly Json[] => [allow({ Condition })];
const on = (Resource: unknown): readonly Json[] => [allow({ Resource })];
const trust = (AWS: unknown, more: Json = {}): readonly Json[] => [
  { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS }, ...more },
];
const bucket = (Principal: Json, Resource: string): readonly Json[] => [
  { Effect: "Allow", Action: "s3:GetObject", Principal, Resource },
];

const setOf = (kind: PolicyKind, Statement: readonly Json[]): PolicySet => ({
  kind,
  documents: [policyOf({ Version: "2012-10-17", Statement }, kind)],
});

/** What the first allows and the second does not, and the other way round. */
function verdicts(kind: PolicyKind, first: readonly Json[], second: readonly Json[]): string {
  const [there, back] = [
    compare(setOf(kind, first), setOf(kind, second)),
    compare(setOf(kind, second), setOf(kind, first)),
  ];
  expect(back.firstExceeds.verdict).toBe(there.secondExceeds.verdict);
  expect(back.secondExceeds.verdict).toBe(there.firstExceeds.verdict);
  return `${there.firstExceeds.verdict} ${there.secondExceeds.verdict}`;
}

type Row = readonly [name: string, first: readonly Json[], second: readonly Json[], verdicts: string];
describe("what has to be looked at", () => {
  const beside = (NotResource: string): Json => ({ ...bare, NotResource: `arn:aws:s3:::${NotResource}/*` });
  const but = (NotAction: unknown): Json => ({ Effect: "Allow", NotAction, Resource: "*" });
  it.each<Row>([
    [
      "is every service where a Deny is about any",
      [allow()],
      [allow(), deny({ Action: "*:Get*" })],
      "proven none",
    ],
    [
      "is all where one of two lists of exceptions is gone",
      [beside("a"), beside("b")],
      [beside("a")],
      "proven none",
    ],
    [
      "is all where one of two exceptions to actions is gone",
      [but("s3:*"), but("iam:*")],
      [but("s3:*")],
      "proven none",
    ],
  ])("%s", (_, first, second, expected) => {
    expect(verdicts("identity", first, second)).toBe(expected);
  });
});

describe("letter case", () => {
  const city = (text: string) => when({ StringEqualsIgnoreCase: { "aws:PrincipalTag/city": text } });
  const home = (key: string) => on(`arn:aws:s3:::b/\${${key}}/*`);
  it.each<Row>([
    ["of ordinary letters beyond ASCII", city("Éa"), city("éA"), "none none"],
    ["of a letter whose lower case is two", city("İstanbul"), city("istanbul"), "proven proven"],
    [
      "of a letter that shares its lower case with another",
      city("\u212Aa"),
      city("ka"),
      "undecided undecided",
    ],
    [
      "of a letter of two code units",
      city("\u{10400}"),
      when({ StringEquals: { "aws:PrincipalTag/city": "\u{10400}" } }),
      "undecided none",
    ],
    [
      "of a letter with three forms",
      city("ǆ"),
      when({ StringEquals: { "aws:PrincipalTag/city": ["ǆ", "Ǆ"] } }),
      "undecided undecided",
    ],
    [
      "of a letter that is another one at the end of a word",
      when({
        StringEqualsIgnoreCase: { "aws:PrincipalTag/city": "ΑΣ" },
        StringEquals: { "aws:PrincipalTag/city": "ας" },
      }),
      [allow({ Action: "s3:PutObject" })],
      "undecided proven",
    ],
    [
      "of a tag's key in a variable",
      home("aws:PrincipalTag/Team"),
      home("aws:PrincipalTag/team"),
      "undecided undecided",
    ],
    [
      "of a tag's key in a variable of a condition",
      when({ StringEquals: { "aws:ResourceTag/t": "${aws:PrincipalTag/Team}" } }),
      when({ StringEquals: { "aws:ResourceTag/t": "${aws:PrincipalTag/team}" } }),
      "undecided undecided",
    ],
    ["of a variable's name", home("AWS:PrincipalTag/Team"), home("aws:principaltag/Team"), "none none"],
  ])("%s", (_, first, second, expected) => {
    expect(verdicts("identity", first, second)).toBe(expected);
  });
});

describe("values that say nothing", () => {
  const absent = (...values: readonly string[]): Json => ({ Null: { "aws:MultiFactorAuthAge": values } });
  it.each<Row>([
    [
      "Null with a word in a Deny",
      [allow(), deny({ Condition: absent("yes") })],
      [allow()],
      "none undecided",
    ],
    ["Null with a word beside true", when(absent("true", "maybe")), when(absent("true")), "undecided none"],
    [
      "Null with the same word on both sides",
      [...when(absent("maybe")), allow({ Action: "s3:PutObject" })],
      when(absent("maybe")),
      "proven none",
    ],
    [
      "a date with an offset that no zone has",
      when({ DateLessThan: { "aws:CurrentTime": "2024-01-01T00:00:00+24:00" } }),
      when({ DateLessThan: { "aws:CurrentTime": "2023-12-31T00:00:00Z" } }),
      "undecided undecided",
    ],
  ])("%s", (_, first, second, expected) => {
    expect(verdicts("identity", first, second)).toBe(expected);
  });
});

describe("several values of a key of which requests have one", () => {
  const arn = (path: string): Json => ({
    "ForAnyValue:StringLike": { "aws:PrincipalArn": `arn:aws:iam::111122223333:role/${path}*` },
  });
  const endpoints = (...ids: readonly string[]): Json => ({
    "ForAllValues:StringEquals": { "aws:SourceVpce": ids },
  });
  it.each<Row>([
    [
      "an Allow and a Deny",
      [...when(arn("x")), deny({ Condition: arn("y") })],
      when(arn("x")),
      "none undecided",
    ],
    [
      "one list, and a statement for each of its values",
      when(endpoints("vpce-1", "vpce-2")),
      [...when(endpoints("vpce-1")), ...when(endpoints("vpce-2"))],
      "undecided none",
    ],
    [
      "the same on both sides",
      [...when(arn("x")), allow({ Action: "s3:PutObject", Condition: arn("x") })],
      when(arn("x")),
      "proven none",
    ],
  ])("%s", (_, first, second, expected) => {
    expect(verdicts("identity", first, second)).toBe(expected);
  });
});

describe("lists of values", () => {
  const forAny = (values: unknown): Json => ({ "ForAnyValue:StringEquals": { "aws:TagKeys": values } });
  const forAll = (values: unknown): Json => ({ "ForAllValues:StringEquals": { "aws:TagKeys": values } });
  const none = (values: unknown): Json => ({ "ForAllValues:StringNotEquals": { "aws:TagKeys": values } });
  const there: Json = { Null: { "aws:TagKeys": "false" } };
  const own = "${aws:username}";
  it.each<Row>([
    [
      "of which one is what a variable stands for",
      when(there),
      [...when(forAll(own)), ...when(none(own))],
      "proven proven",
    ],
    ["of which one may be it", when(forAny(own)), when({ ...forAll(own), ...there }), "proven undecided"],
    [
      "of which one is the empty text",
      when(there),
      [...when(forAll(["", "x"])), ...when(none(["", "x"]))],
      "proven proven",
    ],
    ["of which one may be the empty text", when(forAny(["", "x"])), when(forAll(["", "x"])), "proven proven"],
    [
      "compared as addresses and as texts",
      when({
        "ForAnyValue:StringLike": { "a:k": "10.?1.*" },
        "ForAnyValue:StringNotLike": { "a:k": "10.?1.*" },
        "ForAllValues:IpAddress": { "a:k": "10.0.0.0/8" },
      }),
      [allow({ Action: "s3:PutObject", Condition: { Null: { "a:k": ["true", "false"] } } })],
      "undecided proven",
    ],
  ])("%s", (_, first, second, expected) => {
    expect(verdicts("identity", first, second)).toBe(expected);
  });
});

describe("who asks", () => {
  const role = "arn:aws:iam::111122223333:role/r";
  const deep = "arn:aws:iam::111122223333:role/p/r";
  const asks = (operator: string, value: string): Json => ({
    Condition: { [operator]: { "aws:PrincipalArn": value } },
  });
  it.each<Row>([
    [
      "a session without a name is no session of the role",
      trust(["arn:aws:sts::111122223333:assumed-role/r", role]),
      trust(role),
      "proven none",
    ],
    [
      "sessions of a role with a path have its ARN",
      trust(deep, asks("ArnEquals", deep)),
      trust(deep),
      "none undecided",
    ],
    ["compared as a text too", trust(deep, asks("StringEquals", deep)), trust(deep), "none undecided"],
    [
      "a variable stands for what the principal has",
      trust(role, { Condition: { StringEquals: { "sts:ExternalId": "${aws:PrincipalArn}" } } }),
      trust(role, { Condition: { StringEquals: { "sts:ExternalId": role } } }),
      "undecided undecided",
    ],
  ])("of a role: %s", (_, first, second, expected) => {
    expect(verdicts("trust", first, second)).toBe(expected);
  });

  const own = "arn:aws:s3:::b/${aws:PrincipalAccount}/*";
  it.each<Row>([
    [
      "one account",
      bucket({ AWS: "111122223333" }, own),
      bucket({ AWS: "111122223333" }, "arn:aws:s3:::b/111122223333/*"),
      "undecided undecided",
    ],
    [
      "a service has none",
      bucket({ Service: "ec2.amazonaws.com" }, own),
      bucket({ Service: "ec2.amazonaws.com" }, "arn:aws:s3:::b/x/*"),
      "undecided proven",
    ],
    ["anyone", bucket({ AWS: "*" }, own), bucket({ AWS: "*" }, "arn:aws:s3:::b/x/*"), "proven proven"],
  ])("by the account in a variable: %s", (_, first, second, expected) => {
    expect(verdicts("resource", first, second)).toBe(expected);
  });

  it("is in the witness as the variable has it", () => {
    const { firstExceeds } = compare(
      setOf("resource", bucket({ AWS: "*" }, own)),
      setOf("resource", bucket({ AWS: "*" }, "arn:aws:s3:::b/x/*")),
    );
    const [witness] = firstExceeds.verdict === "proven" ? firstExceeds.witnesses : [];
    const account = witness?.request.principal?.id.split(":")[4];
    expect(witness?.request.context).toEqual({ "aws:PrincipalAccount": account });
    expect(witness?.request.resource).toContain(`/${account}/`);
  });
});

describe("patterns with a variable", () => {
  const user = (account: string, name: string) => [
    allow({ Action: "iam:ChangePassword", Resource: `arn:aws:iam::${account}:user/${name}` }),
  ];
  const self = "${aws:username}";
  const ours: Json = { StringEquals: { "aws:ResourceTag/p": "${aws:PrincipalTag/p}" } };
  const others: Json = { StringNotEquals: { "aws:username": "x" } };
  const present: Json = { Null: { "aws:PrincipalTag/p": "false" } };
  it.each<Row>([
    ["lie within a wildcard field by field", user("*", self), user("*", "*"), "none proven"],
    [
      "are left by a Deny on all others",
      [...user("*", "*"), deny({ Action: "iam:ChangePassword", NotResource: `arn:aws:iam::*:user/${self}` })],
      user("*", self),
      "none none",
    ],
    ["lie within one another: an account", user("*", self), user("111122223333", self), "proven none"],
    ["lie within one another: more behind it", user("1", self), user("1", `${self}*`), "none proven"],
    [
      "lie within one another: as values",
      when({ StringLike: { "s3:prefix": `home/${self}/*` } }),
      when({ StringEquals: { "s3:prefix": `home/${self}/docs` } }),
      "proven none",
    ],
    [
      "lie within one another: what must not match",
      when({ StringNotLike: { "s3:prefix": `home/${self}/*` } }),
      when({ StringNotLike: { "s3:prefix": `home/${self}/docs/*` } }),
      "none proven",
    ],
    [
      "match only where their variable has a value: in a condition",
      when(ours),
      when({ ...ours, ...present }),
      "none none",
    ],
    [
      "match only where their variable has a value: a Deny where it has none",
      when(ours),
      [...when(ours), deny({ Condition: { Null: { "aws:PrincipalTag/p": "true" } } })],
      "none none",
    ],
    [
      "match only where their variable has a value: in a resource",
      on(`arn:aws:s3:::b/${self}`),
      [allow({ Resource: `arn:aws:s3:::b/${self}`, Condition: { Null: { "aws:username": "false" } } })],
      "none none",
    ],
    [
      "split as their statements are",
      [allow({ Resource: [`arn:aws:s3:::b/${self}/*`, "arn:aws:s3:::c/*"], Condition: others })],
      [
        allow({ Resource: `arn:aws:s3:::b/${self}/*`, Condition: others }),
        allow({ Resource: "arn:aws:s3:::c/*", Condition: others }),
      ],
      "none none",
    ],
    [
      "match without a value where there is a default",
      on("arn:aws:s3:::b/${aws:username, 'x'}"),
      [
        allow({
          Resource: "arn:aws:s3:::b/${aws:username, 'x'}",
          Condition: { Null: { "aws:username": "false" } },
        }),
      ],
      "proven none",
    ],
    [
      "match without a value where the key may be absent",
      when({ StringEqualsIfExists: ours["StringEquals"] }),
      when({ StringEqualsIfExists: ours["StringEquals"], ...present }),
      "proven none",
    ],
    ["spell a default in more than one way", user("1", "${a:b, 'x'}"), user("1", "${A:b ,'x'}"), "none none"],
  ])("%s", (_, first, second, expected) => {
    expect(verdicts("identity", first, second)).toBe(expected);
  });

  it("are told apart when there are hundreds of them", () => {
    const homes = Array.from({ length: 300 }, (_, i) => `arn:aws:s3:::bucket-${i}/${self}/*`);
    const read = [allow({ Resource: homes })];
    const both = [allow({ Action: ["s3:GetObject", "s3:PutObject"], Resource: homes })];
    expect(verdicts("identity", read, both)).toBe("none proven");
  });
});

describe("patterns of actions", () => {
  it("are told apart when there are hundreds of them beside a NotAction", () => {
    const { Action: _, ...whatever } = allow();
    const wide = [allow({ Action: Array.from({ length: 600 }, (_, i) => `service${i}:Get*`) })];
    const all = [{ ...whatever, NotAction: ["iam:*", "service7:*"] }];
    expect(verdicts("identity", wide, all)).toBe("proven proven");
  });

  it.each<Row>([
    [
      "`*?*` is `*`, since no name is empty",
      [allow({ Action: "s3:*?*" })],
      [allow({ Action: "s3:*" })],
      "none none",
    ],
    [
      "`Get?*` is more than `Get`",
      [allow({ Action: "s3:Get*?" })],
      [allow({ Action: "s3:Get?*" })],
      "none none",
    ],
    [
      "a wildcard in the service's place stops at the colon",
      [allow({ Action: "s3:*" }), deny({ Action: "s3:GetObject" })],
      [allow({ Action: "s3:*" }), deny({ Action: "s*:GetObject" })],
      "none none",
    ],
    [
      "a space after the colon may be dropped",
      [allow({ Action: "s3: Get*" })],
      [allow({ Action: "s3:Get*" })],
      "undecided undecided",
    ],
    [
      "a space that is in both",
      [allow({ Action: ["s3: *", "ec2:RunInstances"] })],
      [allow({ Action: "s3: *" })],
      "proven none",
    ],
    [
      "a Deny with a space that may be dropped",
      [allow({ Action: "s3:*" }), deny({ Action: "s3 :GetObject" })],
      [allow({ Action: "s3:*" })],
      "none undecided",
    ],
  ])("%s", (_, first, second, expected) => {
    expect(verdicts("identity", first, second)).toBe(expected);
  });
});
