import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../../lib/policy/document.ts";
import { countMembers, findFault } from "../../lib/policy/json-text.ts";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const policy = (...statements: object[]) => ({ Version: "2012-10-17", Statement: statements });
const errorsOf = (source: unknown, options = {}) => {
  const parsed = parseDocument(source, options);
  return parsed.ok ? [] : parsed.errors;
};

describe("a document in any of its forms", () => {
  const parsed = parseDocument(policy(statement));

  it.each([
    ["text", JSON.stringify(policy(statement))],
    ["percent-encoded text", encodeURIComponent(JSON.stringify(policy(statement)))],
    [
      "indented, percent-encoded text",
      encodeURIComponent(` ${JSON.stringify(policy(statement), null, 4)}\n`),
    ],
    ["text with a byte order mark", `\ufeff${JSON.stringify(policy(statement))}`],
    ["lists of one", policy({ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] })],
  ])("reads the same from %s", (_, source) => {
    expect(parsed.ok).toBe(true);
    expect(parseDocument(source)).toEqual(parsed);
  });

  it("takes a single statement for a list of one, at its own place", () => {
    expect(parseDocument({ Version: "2012-10-17", Statement: statement })).toEqual({
      ok: true,
      policy: {
        version: "2012-10-17",
        statements: [
          {
            effect: "Allow",
            actions: { not: false, patterns: ["s3:GetObject"] },
            resources: { not: false, patterns: ["*"] },
            conditions: [],
            place: "/Statement",
          },
        ],
      },
    });
  });

  it("does not decode text that parses as it stands", () => {
    const parsed = parseDocument(JSON.stringify(policy({ ...statement, Resource: "arn:aws:s3:::b/%2A" })));
    expect(parsed.ok && parsed.policy.statements[0]?.resources?.patterns).toEqual(["arn:aws:s3:::b/%2A"]);
  });

  it("says 2008-10-17 when no Version stands there", () => {
    const parsed = parseDocument({ Statement: [] });
    expect(parsed).toEqual({ ok: true, policy: { version: "2008-10-17", statements: [] } });
  });

  it("turns booleans and numbers of a condition to text", () => {
    const parsed = parseDocument(
      policy({ ...statement, Condition: { Bool: { "aws:a": true }, NumericEquals: { "s3:n": [1, 2.5] } } }),
    );
    expect(parsed.ok && parsed.policy.statements[0]?.conditions).toMatchObject([
      { operator: { name: "Bool", ifExists: false }, key: "aws:a", values: ["true"] },
      { operator: { name: "NumericEquals", ifExists: false }, key: "s3:n", values: ["1", "2.5"] },
    ]);
  });

  it("reads a bare account id as the account's root, in the partition it is told", () => {
    const trust = policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "111122223333" } });
    for (const partition of ["aws", "aws-cn"]) {
      const parsed = parseDocument(trust, { kind: "trust", partition });
      expect(parsed.ok && parsed.policy.statements[0]?.principals?.patterns).toEqual([
        { type: "AWS", id: `arn:${partition}:iam::111122223333:root` },
      ]);
    }
  });
});

describe("what is wrong with a document is named with its place", () => {
  const trusted = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };
  it.each<[string, unknown, object, string, RegExp]>([
    [
      "an unknown element",
      policy({ ...statement, action: "x" }),
      {},
      "/Statement/0/action",
      /spelled `Action`/,
    ],
    ["an unknown top-level element", { ...policy(), Foo: 1 }, {}, "/Foo", /unknown element/],
    ["a bad Effect", policy({ ...statement, Effect: "allow" }), {}, "/Statement/0/Effect", /neither/],
    ["Action with NotAction", policy({ ...statement, NotAction: "a:b" }), {}, "/Statement/0", /both/],
    ["no Action", policy({ Effect: "Deny", Resource: "*" }), {}, "/Statement/0", /NotAction/],
    [
      "an action without service",
      policy({ ...statement, Action: "Get" }),
      {},
      "/Statement/0/Action",
      /not an action/,
    ],
    [
      "a number for an action",
      policy({ ...statement, Action: ["a:b", 1] }),
      {},
      "/Statement/0/Action/1",
      /not a text/,
    ],
    [
      "an empty NotResource",
      policy({ Effect: "Allow", Action: "*", NotResource: [] }),
      {},
      "/Statement/0/NotResource",
      /empty/,
    ],
    [
      "an unknown operator",
      policy({ ...statement, Condition: { StringEqual: { "a:b": "c" } } }),
      {},
      "/Statement/0/Condition/StringEqual",
      /unknown operator/,
    ],
    [
      "an operator in the wrong case",
      policy({ ...statement, Condition: { stringequals: { "a:b": "c" } } }),
      {},
      "/Statement/0/Condition/stringequals",
      /spelled `StringEquals`/,
    ],
    [
      "IfExists on Null",
      policy({ ...statement, Condition: { NullIfExists: { "a:b": "true" } } }),
      {},
      "/Statement/0/Condition/NullIfExists",
      /neither a set prefix nor/,
    ],
    [
      "a key that stands twice in different case",
      policy({ ...statement, Condition: { StringLike: { "aws:username": "c", "aws:UserName": "d" } } }),
      {},
      "/Statement/0/Condition/StringLike/aws:UserName",
      /twice/,
    ],
    [
      "a value that is an object",
      policy({ ...statement, Condition: { StringLike: { "a:b/c~d": ["x", {}] } } }),
      {},
      "/Statement/0/Condition/StringLike/a:b~1c~0d/1",
      /neither a text/,
    ],
    [
      "an open variable",
      policy({ ...statement, Resource: "arn:aws:s3:::${aws:username/*" }),
      {},
      "/Statement/0/Resource",
      /lacks its `}`/,
    ],
    [
      "a Principal in an identity policy",
      policy(trusted),
      { kind: "identity" },
      "/Statement/0/Principal",
      /carries/,
    ],
    [
      "no Resource in an identity policy",
      policy(trusted),
      { kind: "identity" },
      "/Statement/0",
      /NotResource/,
    ],
    [
      "a Resource in a trust policy",
      policy(statement),
      { kind: "trust" },
      "/Statement/0/Resource",
      /its role/,
    ],
    [
      "no Principal in a trust policy",
      policy(statement),
      { kind: "trust" },
      "/Statement/0",
      /no `Principal`/,
    ],
    [
      "NotPrincipal in a trust policy",
      policy({ Effect: "Deny", Action: "*", NotPrincipal: "*" }),
      { kind: "trust" },
      "/Statement/0/NotPrincipal",
      /cannot have/,
    ],
    [
      "a wildcard inside a principal",
      policy({ ...trusted, Principal: { AWS: "arn:aws:iam::111122223333:role/*" } }),
      { kind: "trust" },
      "/Statement/0/Principal/AWS",
      /whole/,
    ],
    [
      "an unknown type of principal",
      policy({ ...trusted, Principal: { aws: "*" } }),
      {},
      "/Statement/0/Principal/aws",
      /unknown type/,
    ],
    ["a bad Version", { Version: "2012-10-18", Statement: [] }, {}, "/Version", /neither/],
    ["no Statement", { Version: "2012-10-17" }, {}, "", /no `Statement`/],
    ["a list for a document", [], {}, "", /JSON object/],
    ["null", null, {}, "", /JSON object/],
    ["an empty text", "  ", {}, "", /empty/],
    ["a cut text", '{"Statement":[{"Effect":"Al', {}, "/Statement/0/Effect", /line 1, column 25/],
    ["a text with a trailing comma", '{"Statement":[\n1,\n]}', {}, "/Statement/1", /line 3, column 1/],
    ["a key that stands twice", '{"Statement":[],\n "Statement":[]}', {}, "/Statement", /line 2, column 2/],
    [
      "text nested too deep",
      `{"Statement":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      {},
      "",
      /nested deeper/,
    ],
    ["text that is too long", " ".repeat(4_000_000), {}, "", /4000000 characters/],
  ])("%s", (_, source, options, place, message) => {
    expect(errorsOf(source, options)).toEqual(
      expect.arrayContaining([{ place, message: expect.stringMatching(message) }]),
    );
  });

  it("all of it at once, up to a bound", () => {
    const wrong = policy(...Array.from({ length: 500 }, () => ({ Effect: "x", Action: "y" })));
    expect(errorsOf(wrong).length).toBe(50);
  });

  it("never quotes the value of a condition", () => {
    const secret = "hunter2";
    const condition = { StringEquals: { "sts:ExternalId": [secret, `\${${secret}`, { [secret]: 1 }] } };
    const errors = errorsOf(policy({ ...statement, Condition: condition }));
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toContain(secret);
    expect(JSON.stringify(errorsOf(`{"Statement":"${secret}`))).not.toContain(secret);
  });

  it("tells control characters of a hostile text by their names", () => {
    const [error] = errorsOf(policy({ ...statement, Action: "\u001b[31mred\u202e" }));
    expect(error?.message).toContain("`\\u001b[31mred\\u202e`");
  });
});

describe("hostile input", () => {
  it("never throws, whatever the value", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        parseDocument(value);
        parseDocument({ Statement: value });
        parseDocument({
          Statement: [{ Condition: value, Principal: value, Action: value, Resource: value }],
        });
      }),
    );
  });

  it("never throws, whatever the text", () => {
    const cut = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 }))
      .map(
        ([json, at, text]) =>
          json.slice(0, at % (json.length + 1)) + text + json.slice(at % (json.length + 1)),
      );
    fc.assert(fc.property(fc.oneof(fc.string(), cut), (text) => void parseDocument(text)));
  });

  it("takes keys of Object.prototype for what they are: unknown elements", () => {
    const text =
      '{"__proto__":{"Statement":[]},"constructor":1,"Statement":[{"__proto__":{"Effect":"Allow"}}]}';
    expect(errorsOf(text).map((error) => error.place)).toEqual(
      expect.arrayContaining(["/__proto__", "/constructor", "/Statement/0/__proto__", "/Statement/0"]),
    );
  });
});

describe("the fault finder agrees with JSON.parse", () => {
  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  it("on whether a text is JSON, and finds no duplicate where there is none", () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "]", "}", '"', ":", "1", "\\", "\n"))
      .map(([json, at, mark]) => json.slice(0, at % json.length) + mark + json.slice((at % json.length) + 1));
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged), (text) => {
        const kind = findFault(text, 1000)?.kind;
        expect(kind === "syntax").toBe(kind === "duplicate" ? false : !parses(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["a string of escapes", `["${"\\\\".repeat(6_000_000)}"`],
    ["an open string of escapes", `["${"\\\\".repeat(6_000_000)}`],
    ["a number", `[${"1".repeat(12_000_000)}`],
    ["space", `[${" ".repeat(12_000_000)}`],
  ])("on a file of %s that breaks off", (_, text) => {
    expect(findFault(text, 1000)).toMatchObject({ kind: "syntax", line: 1, cut: true });
  });

  it("on how many members a text without duplicates has", () => {
    const size = (value: unknown): number =>
      typeof value === "object" && value !== null
        ? Object.values(value).reduce((sum: number, item) => sum + size(item), 0) +
          (Array.isArray(value) ? 0 : Object.keys(value).length)
        : 0;
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(countMembers(text)).toBe(size(JSON.parse(text)));
      }),
    );
  });
});
