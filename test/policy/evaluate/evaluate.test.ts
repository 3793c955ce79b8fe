import { describe, expect, it } from "vitest";
import { parseDocument } from "../../../lib/policy/document.ts";
import { evaluate } from "../../../lib/policy/evaluate/evaluate.ts";
import type { PolicyKind, PolicySet, Request } from "../../../lib/policy/model.ts";
import { parsePrincipal } from "../../../lib/policy/parse-principal.ts";

type Json = Record<string, unknown>;

const document = (statements: readonly Json[], version = "2012-10-17") => {
  const parsed = parseDocument({ Version: version, Statement: statements });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.policy;
};
const setOf = (kind: PolicyKind, ...statements: Json[]): PolicySet => ({
  kind,
  documents: [document(statements)],
});
const allow = (more: Json = {}): Json => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "*",
  ...more,
});
const object = "arn:aws:s3:::bucket/key";
const request = (more: Partial<Request> = {}): Request => ({
  action: "s3:GetObject",
  resource: object,
  context: {},
  ...more,
});
const verdict = (set: PolicySet, more: Partial<Request> = {}) => evaluate(request(more), set).verdict;

describe("a request is allowed", () => {
  it("when a statement allows it and none denies it, and the decision names that statement", () => {
    const set = setOf("identity", allow({ Sid: "Read" }), allow({ Action: "s3:Put*" }));
    expect(evaluate(request(), set)).toEqual({
      verdict: "allowed",
      allowed: true,
      decidedBy: [{ from: "documents", document: 0, place: "/Statement/0", sid: "Read", effect: "Allow" }],
      reason: "a statement allows it",
    });
  });

  it("not when any statement denies it", () => {
    const set = setOf("identity", allow(), { Effect: "Deny", Action: "s3:*", Resource: `${object}*` });
    expect(evaluate(request(), set)).toMatchObject({
      verdict: "denied",
      decidedBy: [{ place: "/Statement/1", effect: "Deny" }],
    });
  });

  it("not when nothing is said about it", () => {
    expect(evaluate(request({ action: "s3:PutObject" }), setOf("identity", allow()))).toMatchObject({
      verdict: "denied",
      decidedBy: [],
    });
  });

  it("only within the permissions boundary", () => {
    const set = setOf("identity", allow({ Action: "*" }));
    const bounded = { ...set, boundary: [document([allow()])] };
    expect(verdict(bounded)).toBe("allowed");
    expect(evaluate(request({ action: "s3:PutObject" }), bounded).reason).toMatch(/boundary/);
    expect(verdict({ ...set, boundary: [] })).toBe("denied");
  });
});

describe("actions", () => {
  it.each([
    ["*", true],
    ["s3:*", true],
    ["S3:getobject", true],
    ["s3:Get?bject", true],
    ["s3:*Object*", true],
    ["s3:Get", false],
    ["s3:?", false],
    ["ec2:*", false],
  ])("%s", (pattern, expected) => {
    expect(verdict(setOf("identity", allow({ Action: pattern })))).toBe(expected ? "allowed" : "denied");
    const { Action: _, ...rest } = allow();
    expect(verdict(setOf("identity", { ...rest, NotAction: pattern }))).toBe(expected ? "denied" : "allowed");
  });
});

describe("resources", () => {
  it.each([
    ["*", object, "allowed"],
    ["arn:aws:s3:::bucket/*", object, "allowed"],
    ["arn:aws:s3:::bucket/ke?", object, "allowed"],
    ["arn:*:s3:::bucket*", object, "allowed"],
    ["arn:aws:s3:::BUCKET/key", object, "denied"],
    ["arn:aws:ec2:*:111122223333:instance/*", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "allowed"],
    // Fields are matched apart: the region's `*` does not reach the account.
    ["arn:aws:ec2:*:instance/*", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "uncertain"],
    ["arn:aws:sns:*:x:y", "arn:aws:sns:a:b:x:y", "denied"],
    ["arn:aws:ec2:*", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "allowed"],
    ["arn:aws:logs:*:*:log-group:*", "arn:aws:logs:r:1:log-group:a:log-stream:b", "allowed"],
    ["arn:aws:s3:::*", "*", "denied"],
  ])("%s against %s is %s", (pattern, resource, expected) => {
    expect(verdict(setOf("identity", allow({ Resource: pattern })), { resource })).toBe(expected);
  });

  it("NotResource is about every other one", () => {
    const { Resource: _, ...rest } = allow();
    const set = setOf("identity", { ...rest, NotResource: "arn:aws:s3:::bucket/*" });
    expect(verdict(set)).toBe("denied");
    expect(verdict(set, { resource: "arn:aws:s3:::other/key" })).toBe("allowed");
  });

  it("match in time that does not explode", () => {
    const pattern = `arn:aws:s3:::${"*a".repeat(200)}`;
    const start = performance.now();
    expect(
      verdict(setOf("identity", allow({ Resource: pattern })), {
        resource: `arn:aws:s3:::${"a".repeat(2000)}b`,
      }),
    ).toBe("denied");
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe("policy variables", () => {
  const home = allow({ Resource: "arn:aws:s3:::home/${aws:username}/*" });
  const mine = { resource: "arn:aws:s3:::home/ann/x" };

  it("stand for the request's value, and for nothing when it has none", () => {
    expect(verdict(setOf("identity", home), { ...mine, context: { "aws:UserName": "ann" } })).toBe("allowed");
    expect(verdict(setOf("identity", home), { ...mine, context: { "aws:username": "bob" } })).toBe("denied");
    expect(verdict(setOf("identity", home), mine)).toBe("denied");
  });

  it("stand for their default when the key is absent", () => {
    const set = setOf("identity", allow({ Resource: "arn:aws:s3:::home/${aws:username, 'ann'}/*" }));
    expect(verdict(set, mine)).toBe("allowed");
    expect(verdict(set, { ...mine, context: { "aws:username": "bob" } })).toBe("denied");
  });

  it("escape the wildcards and the dollar", () => {
    const set = setOf("identity", allow({ Resource: "arn:aws:s3:::b/${*}${?}${$}" }));
    expect(verdict(set, { resource: "arn:aws:s3:::b/*?$" })).toBe("allowed");
    expect(verdict(set, { resource: "arn:aws:s3:::b/xy$" })).toBe("denied");
  });

  it("are plain text before 2012-10-17", () => {
    const set: PolicySet = { kind: "identity", documents: [document([home], "2008-10-17")] };
    expect(verdict(set, { ...mine, context: { "aws:username": "ann" } })).toBe("denied");
    expect(verdict(set, { resource: "arn:aws:s3:::home/${aws:username}/x" })).toBe("allowed");
  });

  it("without a value satisfy a negated condition, and no other", () => {
    const context = { "aws:ResourceTag/owner": "ann" };
    for (const [operator, expected] of [
      ["StringEquals", "denied"],
      ["StringLike", "denied"],
      ["StringNotEquals", "allowed"],
      ["StringNotLike", "allowed"],
    ] as const) {
      const condition = { [operator]: { "aws:ResourceTag/owner": "${aws:username}" } };
      expect(verdict(setOf("identity", allow({ Condition: condition })), { context })).toBe(expected);
    }
  });

  it("leave it uncertain when their value is itself a wildcard, a list or empty", () => {
    for (const value of ["*", ["ann"], ""]) {
      const context = { "aws:username": value };
      expect(verdict(setOf("identity", home), { ...mine, context })).toBe("uncertain");
    }
  });
});

describe("who asks", () => {
  const role = "arn:aws:iam::111122223333:role/team/deployer";
  const session = "arn:aws:sts::111122223333:assumed-role/deployer/ann";
  const root = "arn:aws:iam::111122223333:root";
  const trust = (element: Json) => setOf("trust", { Effect: "Allow", Action: "sts:AssumeRole", ...element });
  const ask = (written: unknown): Partial<Request> => {
    const principal = parsePrincipal(written);
    return principal === undefined ? { action: "sts:AssumeRole" } : { action: "sts:AssumeRole", principal };
  };

  it.each<[unknown, unknown, string]>([
    ["*", session, "allowed"],
    ["*", "ec2.amazonaws.com", "allowed"],
    [{ AWS: "*" }, session, "allowed"],
    [{ AWS: "*" }, "ec2.amazonaws.com", "uncertain"],
    [{ AWS: "111122223333" }, role, "allowed"],
    [{ AWS: root }, session, "allowed"],
    [{ AWS: root }, "arn:aws:iam::444455556666:user/x", "denied"],
    [{ AWS: role }, session, "allowed"],
    [{ AWS: role }, root, "denied"],
    [{ AWS: session }, role, "denied"],
    [{ AWS: session }, session, "allowed"],
    [{ Service: "ec2.amazonaws.com" }, "ec2.amazonaws.com", "allowed"],
    [{ Service: "ec2.amazonaws.com" }, "ecs.amazonaws.com", "denied"],
    [{ Federated: "graph.facebook.com" }, "graph.facebook.com", "allowed"],
    [{ Federated: "graph.facebook.com" }, { Service: "graph.facebook.com" }, "denied"],
  ])("Principal %j, asked by %j: %s", (principal, asker, expected) => {
    expect(verdict(trust({ Principal: principal }), ask(asker))).toBe(expected);
  });

  it.each<[unknown, unknown, string]>([
    [{ AWS: [role, root] }, role, "denied"],
    [{ AWS: role }, role, "uncertain"],
    [{ AWS: [session, role, root] }, session, "denied"],
    [{ AWS: [session, root] }, session, "uncertain"],
    [{ AWS: root }, "arn:aws:iam::444455556666:user/x", "allowed"],
    [{ Service: "lambda.amazonaws.com" }, "lambda.amazonaws.com", "denied"],
    [{ Service: "lambda.amazonaws.com" }, role, "allowed"],
  ])("NotPrincipal %j, asked by %j: %s", (principal, asker, expected) => {
    const set = setOf("resource", { Effect: "Allow", Action: "*", NotPrincipal: principal });
    expect(verdict(set, ask(asker))).toBe(expected);
  });
});

describe("what is in doubt", () => {
  const doubtful = { NumericEquals: { "s3:max-keys": "many" } };
  const context = { "s3:max-keys": "1" };

  it("does not matter where a Deny settles it, or another Allow", () => {
    expect(verdict(setOf("identity", allow({ Condition: doubtful }), allow()), { context })).toBe("allowed");
    expect(
      verdict(setOf("identity", allow({ Condition: doubtful }), allow({ Effect: "Deny" })), { context }),
    ).toBe("denied");
    expect(verdict(setOf("identity", allow({ Effect: "Deny", Condition: doubtful })), { context })).toBe(
      "denied",
    );
  });

  it("leaves it uncertain where it would", () => {
    expect(verdict(setOf("identity", allow({ Condition: doubtful })), { context })).toBe("uncertain");
    expect(
      verdict(setOf("identity", allow(), allow({ Effect: "Deny", Condition: doubtful })), { context }),
    ).toBe("uncertain");
  });
});
