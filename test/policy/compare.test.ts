import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare } from "../../lib/policy/compare.ts";
import { evaluate } from "../../lib/policy/evaluate/evaluate.ts";
import type { Comparison, Exceeds, PolicyKind, PolicySet } from "../../lib/policy/model.ts";
import { documentOf, policyOf, requestOf } from "./arbitrary-policies.ts";

type Json = Readonly<Record<string, unknown>>;

const setOf = (kind: PolicyKind, ...documents: readonly unknown[]): PolicySet => ({
  kind,
  documents: documents.map((document) => policyOf(document, kind)),
});
const statement = (more: Json): Json => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more });
const document = (...statements: readonly Json[]): Json => ({ Version: "2012-10-17", Statement: statements });
const identity = (...statements: readonly Json[]) => setOf("identity", document(...statements));
const trust = (...principals: readonly unknown[]) =>
  setOf(
    "trust",
    document(...principals.map((Principal) => ({ Effect: "Allow", Action: "sts:AssumeRole", Principal }))),
  );
const conditioned = (Condition: Json) => identity(statement({ Condition }));
const deny = (more: Json) => statement({ Effect: "Deny", ...more });

/** Short words for tables: how the second compares with the first. */
const relation = (first: PolicySet, second: PolicySet) => compare(first, second).relation;
const requestsOf = (exceeds: Exceeds) =>
  exceeds.verdict === "proven" ? exceeds.witnesses.map((witness) => witness.request) : [];

function expectConfirmed(first: PolicySet, second: PolicySet, comparison: Comparison): void {
  for (const [more, less, exceeds] of [
    [first, second, comparison.firstExceeds],
    [second, first, comparison.secondExceeds],
  ] as const) {
    for (const request of requestsOf(exceeds)) {
      expect(evaluate(request, more).verdict).toBe("allowed");
      expect(evaluate(request, less).verdict).toBe("denied");
    }
  }
}

describe("any two policies", () => {
  it.each(["identity", "trust", "resource"] as const)(
    "of kind %s: what is none no request contradicts, what is proven every witness shows",
    (kind) => {
      fc.assert(
        fc.property(
          documentOf(kind),
          documentOf(kind),
          fc.array(requestOf(kind), { minLength: 40, maxLength: 40 }),
          (one, other, requests) => {
            const [first, second] = [setOf(kind, one), setOf(kind, other)];
            const comparison = compare(first, second);
            expectConfirmed(first, second, comparison);
            const contradicts = requests.filter((request) => {
              const [a, b] = [evaluate(request, first).verdict, evaluate(request, second).verdict];
              return (
                (a === "allowed" && b === "denied" && comparison.firstExceeds.verdict === "none") ||
                (b === "allowed" && a === "denied" && comparison.secondExceeds.verdict === "none")
              );
            });
            expect(contradicts).toEqual([]);
          },
        ),
        { numRuns: 150, seed: 20_170_101 },
      );
    },
  );

  it("get the same answers from the other side", () => {
    fc.assert(
      fc.property(documentOf("identity"), documentOf("identity"), (one, other) => {
        const [first, second] = [setOf("identity", one), setOf("identity", other)];
        const there = compare(first, second);
        const back = compare(second, first);
        expect(back.firstExceeds.verdict).toBe(there.secondExceeds.verdict);
        expect(back.secondExceeds.verdict).toBe(there.firstExceeds.verdict);
      }),
      { numRuns: 100, seed: 20_170_102 },
    );
  });
});

describe("rewriting a policy", () => {
  const written = documentOf("identity", 4);
  const statementsOf = (json: Json) => json["Statement"] as readonly Json[];
  /** Documents that a rewrite changed the meaning of. */
  const changedBy = (rewrite: (json: Json) => readonly Json[]): readonly Json[] =>
    fc
      .sample(written, { numRuns: 100, seed: 20_170_103 })
      .filter(
        (json) => relation(setOf("identity", json), setOf("identity", ...rewrite(json))) !== "equivalent",
      );

  it("in another order means the same", () => {
    const changed = changedBy((json) => [document(...statementsOf(json).toReversed())]);
    expect(changed).toEqual([]);
  });

  it.each([
    ["sts:*", "sts:?*"],
    ["*", "*:*"],
    ["*:Get*", "*:get?*", "*:Get"],
    ["*", "?*:*?"],
  ])("%s in other words means the same, since an action has a service and a name", (one, ...others) => {
    expect(relation(identity(statement({ Action: one })), identity(statement({ Action: others })))).toBe(
      "equivalent",
    );
  });

  it("a wildcard in the service's place stops at the colon", () => {
    const except = (...more: readonly string[]) =>
      identity(statement({ Action: "ec2:Describe*" }), {
        Effect: "Deny",
        NotAction: ["ec2:*", ...more],
        Resource: "*",
      });
    expect(relation(except(), except("*:Get*"))).toBe("equivalent");
  });

  it("as several documents means the same", () => {
    const changed = changedBy((json) => statementsOf(json).map((one) => document(one)));
    expect(changed).toEqual([]);
  });

  it("with the actions of each statement apart means the same", () => {
    const changed = changedBy((json) => [
      document(
        ...statementsOf(json).flatMap((one) =>
          Array.isArray(one["Action"]) ? one["Action"].map((Action: unknown) => ({ ...one, Action })) : [one],
        ),
      ),
    ]);
    expect(changed).toEqual([]);
  });

  it("with actions and keys in other letter case means the same", () => {
    const changed = changedBy((json) => [
      JSON.parse(
        JSON.stringify(json).replace(/"(s3:Get\w*|aws:TagKeys)/g, (all) => all.toLowerCase()),
      ) as Json,
    ]);
    expect(changed).toEqual([]);
  });

  it("split by whether a key is there means the same", () => {
    const changed = changedBy((json) => [
      document(
        ...statementsOf(json).flatMap((one) =>
          one["Condition"] !== undefined
            ? [one]
            : ["true", "false"].map((absent) => ({
                ...one,
                Condition: { Null: { "aws:PrincipalOrgID": absent } },
              })),
        ),
      ),
    ]);
    expect(changed).toEqual([]);
  });
});

describe("changing a policy", () => {
  const base = identity(statement({ Action: ["s3:Get*", "s3:PutObject"], Resource: "arn:aws:s3:::b/*" }));

  it.each([
    [
      "an action more",
      statement({ Action: ["s3:Get*", "s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::b/*" }),
      "second-broader",
    ],
    ["an action less", statement({ Action: "s3:Get*", Resource: "arn:aws:s3:::b/*" }), "first-broader"],
    [
      "an action that a wildcard covers",
      statement({ Action: ["s3:Get*", "s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::b/*" }),
      "equivalent",
    ],
    [
      "a wider resource",
      statement({ Action: ["s3:Get*", "s3:PutObject"], Resource: "arn:aws:s3:::b*" }),
      "second-broader",
    ],
    [
      "another resource",
      statement({ Action: ["s3:Get*", "s3:PutObject"], Resource: "arn:aws:s3:::c/*" }),
      "incomparable",
    ],
    [
      "a new condition",
      statement({
        Action: ["s3:Get*", "s3:PutObject"],
        Resource: "arn:aws:s3:::b/*",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      }),
      "first-broader",
    ],
  ])("by %s", (_, changed, expected) => {
    expect(relation(base, identity(changed))).toBe(expected);
  });

  it("by a Deny takes away, and only what was allowed", () => {
    const all = statement({ Action: "*" });
    expect(relation(identity(all), identity(all, deny({ Action: "iam:*" })))).toBe("first-broader");
    expect(
      relation(
        base,
        setOf(
          "identity",
          ...["b"].map(() =>
            document(
              statement({ Action: ["s3:Get*", "s3:PutObject"], Resource: "arn:aws:s3:::b/*" }),
              deny({ Action: "iam:*" }),
            ),
          ),
        ),
      ),
    ).toBe("equivalent");
  });

  it("from Action to NotAction with a Deny for the rest means the same", () => {
    const allowed = identity({ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" });
    const denied = identity(statement({ Action: "*" }), deny({ Action: ["iam:*", "sts:*"] }));
    expect(relation(allowed, denied)).toBe("equivalent");
  });

  it("from a resource and what is not that resource to any resource means the same", () => {
    const both = identity(statement({ Resource: "arn:aws:s3:::a*" }), {
      Effect: "Allow",
      Action: "s3:GetObject",
      NotResource: "arn:aws:s3:::a*",
    });
    expect(relation(both, identity(statement({})))).toBe("equivalent");
  });
});

describe("conditions", () => {
  it.each([
    [
      { StringEquals: { "aws:username": ["a", "b"] } },
      { StringLike: { "aws:username": ["b", "a"] } },
      "equivalent",
    ],
    [
      { StringEquals: { "aws:username": "a" } },
      { StringEqualsIgnoreCase: { "aws:username": "A" } },
      "second-broader",
    ],
    [
      { StringEquals: { "aws:username": "a" } },
      { StringEqualsIfExists: { "aws:username": "a" } },
      "second-broader",
    ],
    [{ StringLike: { "aws:username": "*" } }, { Null: { "aws:username": "false" } }, "equivalent"],
    [
      { StringNotEquals: { "aws:username": "a" } },
      { StringNotEqualsIfExists: { "aws:username": "a" } },
      "equivalent",
    ],
    [
      { NumericLessThan: { "s3:max-keys": "10" } },
      { NumericLessThanEquals: { "s3:max-keys": "10" } },
      "second-broader",
    ],
    [{ NumericEquals: { "s3:max-keys": "10" } }, { NumericEquals: { "s3:max-keys": "10.0" } }, "equivalent"],
    [
      { DateLessThan: { "aws:CurrentTime": "2024-01-01T00:00:00Z" } },
      { DateLessThan: { "aws:CurrentTime": "2024-01-01T01:00:00+01:00" } },
      "equivalent",
    ],
    [
      { IpAddress: { "aws:SourceIp": ["10.0.0.0/9", "10.128.0.0/9"] } },
      { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      "equivalent",
    ],
    [
      { IpAddress: { "aws:SourceIp": "2001:db8::/32" } },
      { IpAddress: { "aws:SourceIp": "2001:db8::/31" } },
      "second-broader",
    ],
    [
      { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      { NotIpAddress: { "aws:SourceIp": "10.0.0.0/9" } },
      "second-broader",
    ],
    [{ Bool: { "aws:SecureTransport": "true" } }, { Bool: { "aws:SecureTransport": true } }, "equivalent"],
    [
      { Bool: { "aws:SecureTransport": ["true", "false"] } },
      { Null: { "aws:SecureTransport": "false" } },
      "equivalent",
    ],
    [{ BinaryEquals: { "kms:x": "QQ==" } }, { BinaryEquals: { "kms:x": "Qg==" } }, "incomparable"],
    [
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:::a*" } },
      { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::a*" } },
      "equivalent",
    ],
    [
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:a" } },
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:::a" } },
      "first-broader",
    ],
    [
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
      { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } },
      "first-broader",
    ],
    [
      { "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } },
      { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } },
      "incomparable",
    ],
    [
      { "ForAllValues:StringEquals": { "aws:TagKeys": "a" }, Null: { "aws:TagKeys": "false" } },
      {
        "ForAnyValue:StringEquals": { "aws:TagKeys": "a" },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] },
      },
      // Whether a list without a value is there at all, to Null, is not told.
      "undecided",
    ],
    [
      { StringEquals: { "aws:PrincipalTag/a": "${aws:username}" } },
      { StringEquals: { "aws:PrincipalTag/a": "${aws:userName}" } },
      "equivalent",
    ],
    [
      { StringEquals: { "aws:PrincipalTag/a": "${aws:username}" } },
      { Null: { "aws:PrincipalTag/a": "false" } },
      "second-broader",
    ],
    [{ StringLike: { "aws:username": "a${*}" } }, { StringEquals: { "aws:username": "a*" } }, "equivalent"],
  ])("%j against %j", (first, second, expected) => {
    const [one, other] = [conditioned(first), conditioned(second)];
    const comparison = compare(one, other);
    expect(comparison.relation).toBe(expected);
    expectConfirmed(one, other, comparison);
  });

  it("of a statement that is allowed and one that is denied cover each other exactly", () => {
    const key = "aws:PrincipalOrgID";
    const allowed = conditioned({ StringEquals: { [key]: "o-1" } });
    const denied = identity(statement({}), deny({ Condition: { StringNotEquals: { [key]: "o-1" } } }));
    expect(relation(allowed, denied)).toBe("equivalent");
  });
});

describe("policy variables", () => {
  it("are proven with a value that makes the difference", () => {
    const open = identity(statement({ Resource: "arn:aws:s3:::b/${aws:username}" }));
    const closed = identity(
      statement({ Resource: "arn:aws:s3:::b/${aws:username}" }),
      deny({ Resource: "arn:aws:s3:::b/admin" }),
    );
    const comparison = compare(open, closed);
    expect(comparison.relation).toBe("first-broader");
    expect(requestsOf(comparison.firstExceeds)).toEqual([
      { action: "s3:GetObject", resource: "arn:aws:s3:::b/admin", context: { "aws:username": "admin" } },
    ]);
  });

  it("lie within a wildcard whatever their value", () => {
    const own = identity(statement({ Resource: "arn:aws:s3:::b/${aws:username}/*" }));
    const wide = identity(statement({ Resource: "arn:aws:s3:::b/*" }));
    expect(relation(own, wide)).toBe("second-broader");
  });

  it("are named where they decide", () => {
    const guard = deny({
      Condition: { StringNotEquals: { "aws:ResourceTag/p": "${aws:PrincipalTag/p}" } },
    });
    const absent = deny({ Condition: { Null: { "aws:PrincipalTag/p": "true" } } });
    const [first, second] = [identity(statement({}), guard), identity(statement({}), guard, absent)];
    expect(compare(first, second).firstExceeds).toEqual({
      verdict: "undecided",
      reason: "it hangs on the value of a policy variable: `${aws:PrincipalTag/p}`",
    });
  });

  it("under the old Version leave it undecided where they decide", () => {
    const old = setOf("identity", { Statement: [statement({ Resource: "arn:aws:s3:::${aws:username}" })] });
    const fresh = identity(statement({ Resource: "arn:aws:s3:::${aws:username}" }));
    expect(compare(old, fresh).relation).toBe("undecided");
  });
});

describe("principals", () => {
  it.each([
    [{ AWS: "123456789012" }, { AWS: "arn:aws:iam::123456789012:root" }, "equivalent"],
    [{ AWS: "123456789012" }, { AWS: "arn:aws:iam::123456789012:role/a" }, "first-broader"],
    [
      { AWS: "arn:aws:iam::123456789012:role/a" },
      { AWS: "arn:aws:sts::123456789012:assumed-role/a/s" },
      "first-broader",
    ],
    [
      { AWS: "arn:aws:iam::123456789012:role/a" },
      { AWS: "arn:aws:iam::123456789012:role/b" },
      "incomparable",
    ],
    [{ AWS: "AROAEXAMPLEEXAMPLE12" }, { AWS: "123456789012" }, "incomparable"],
    ["*", { AWS: "123456789012" }, "first-broader"],
    ["*", { Service: "ec2.amazonaws.com" }, "first-broader"],
    [
      { Service: ["ec2.amazonaws.com", "ecs.amazonaws.com"] },
      { Service: "ec2.amazonaws.com" },
      "first-broader",
    ],
    [
      { Federated: "arn:aws:iam::123456789012:oidc-provider/a" },
      { Federated: "arn:aws:iam::123456789012:oidc-provider/b" },
      "incomparable",
    ],
    ["*", { AWS: "*" }, "undecided"],
    ["*", { Federated: "*" }, "first-broader"],
    [{ Federated: "*" }, { Federated: "arn:aws:iam::123456789012:oidc-provider/a" }, "first-broader"],
    [{ Federated: "*" }, { Federated: ["*", "graph.facebook.com"] }, "equivalent"],
    [{ Federated: "*" }, { Service: "*" }, "incomparable"],
    [{ Service: "*" }, { AWS: "123456789012" }, "incomparable"],
  ])("%j against %j", (first, second, expected) => {
    const [one, other] = [trust(first), trust(second)];
    const comparison = compare(one, other);
    expect(comparison.relation).toBe(expected);
    expectConfirmed(one, other, comparison);
  });
});

describe("keys that AWS sets from the principal", () => {
  it("agree in a witness, whichever of them is asked for", () => {
    const first = identity();
    const second = conditioned({
      StringEquals: { "aws:PrincipalAccount": "444455556666" },
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/team-?/*" },
    });
    expect(requestsOf(compare(first, second).secondExceeds)[0]?.context).toEqual({
      "aws:PrincipalAccount": "444455556666",
      "aws:PrincipalArn": "arn:aws:iam::444455556666:role/team-1/example",
    });
  });

  const open = (Condition: Json) =>
    setOf(
      "resource",
      document({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::b/*",
        Condition,
      }),
    );

  it("fit to who asks in every witness", () => {
    const [one, other] = [
      open({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci-*" } }),
      open({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/ci-*" } }),
    ];
    const [request] = requestsOf(compare(one, other).firstExceeds);
    expect(request?.principal?.id).toMatch(/^arn:aws:iam::\d{12}:role\/ci-/);
    expect(request?.context).toEqual({ "aws:PrincipalArn": request?.principal?.id });
  });

  it("leave it undecided when only what does not fit would show a difference", () => {
    const named = (Condition?: Json) =>
      setOf(
        "resource",
        document({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:user/u" },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::b/*",
          ...(Condition === undefined ? {} : { Condition }),
        }),
      );
    const same = named({ StringEquals: { "aws:PrincipalAccount": "123456789012" } });
    expect(compare(named(), same).firstExceeds).toEqual({
      verdict: "undecided",
      reason: "it hangs on `aws:PrincipalArn` or `aws:PrincipalAccount`, which AWS sets from the principal",
    });
  });
});

describe("a permissions boundary", () => {
  const wide = identity(statement({ Action: "*" }));
  const bounded = (...statements: readonly Json[]): PolicySet => ({
    ...wide,
    boundary: [policyOf(document(...statements), "identity")],
  });

  it("that is new takes away", () => {
    expect(relation(wide, bounded(statement({ Action: "s3:*" })))).toBe("first-broader");
  });

  it("that allows all changes nothing", () => {
    expect(relation(wide, bounded(statement({ Action: "*" })))).toBe("equivalent");
  });

  it("intersects with the policies", () => {
    expect(relation(bounded(statement({ Action: "s3:*" })), identity(statement({ Action: "s3:*" })))).toBe(
      "equivalent",
    );
  });

  it("denies like any policy", () => {
    const denying = bounded(statement({ Action: "*" }), deny({ Action: "iam:*" }));
    expect(relation(denying, identity(statement({ Action: "*" }), deny({ Action: "iam:*" })))).toBe(
      "equivalent",
    );
  });
});

describe("a set prefix", () => {
  it.each<[string, Json, Json, string]>([
    [
      "ForAnyValue on what a request has one of: only a list would tell",
      { "ForAnyValue:StringEquals": { "sts:ExternalId": "x" } },
      { StringEquals: { "sts:ExternalId": "x" } },
      "undecided",
    ],
    [
      "ForAllValues on what a request has one of, when it is there",
      { "ForAllValues:StringLike": { "aws:PrincipalOrgID": "o-*" }, Null: { "aws:PrincipalOrgID": "false" } },
      { StringLike: { "aws:PrincipalOrgID": "o-*" } },
      "undecided",
    ],
    [
      "ForAllValues on a key of one value, which lets in who lacks it",
      { "ForAllValues:StringEquals": { "ram:ResourceShareName": "x" } },
      { StringEquals: { "ram:ResourceShareName": "x" } },
      "first-broader",
    ],
    [
      "ForAnyValue on a list",
      { "ForAnyValue:StringEquals": { "aws:TagKeys": "x" } },
      { StringEquals: { "aws:TagKeys": "x" } },
      "undecided",
    ],
  ])("is compared with a plain operator: %s", (_, one, other, expected) => {
    expect(relation(conditioned(one), conditioned(other))).toBe(expected);
  });
});

describe("what cannot be decided", () => {
  it("is said with its reason, and does not hide the other direction", () => {
    const one = conditioned({ StringEquals: { "events:source": "a" } });
    const other = conditioned({ "ForAllValues:StringEquals": { "events:source": "a" } });
    const comparison = compare(one, other);
    expect(comparison.firstExceeds).toEqual({
      verdict: "undecided",
      reason: "an operator without a set prefix meets a key that can have several values",
    });
    expect(comparison.secondExceeds.verdict).toBe("proven");
    expect(comparison.relation).toBe("undecided");
  });

  it.each<[string, Json, Json]>([
    ["a text", { ArnLike: { "sts:ExternalId": "x" } }, { StringEquals: { "sts:ExternalId": "x" } }],
    ["a star", { ArnLike: { "aws:SourceArn": "*" } }, { Null: { "aws:SourceArn": "false" } }],
    [
      "a short ARN",
      { ArnEquals: { "aws:SourceArn": "arn:aws:s3" } },
      { ArnEquals: { "aws:SourceArn": "arn:aws:s3:*:*:*" } },
    ],
    [
      "a text that must not match",
      { ArnNotLike: { "aws:SourceArn": "x" } },
      { StringNotEquals: { "aws:SourceArn": "x" } },
    ],
  ])("is whether an Arn operator matches %s", (_, one, other) => {
    expect(relation(conditioned(one), conditioned(other))).toBe("undecided");
  });

  it("when the budget is spent is undecided, with what ran out", () => {
    const resources = (odd: number) =>
      Array.from({ length: 20 }, (_, i) => `arn:aws:s3:::*a${"?".repeat(2 * i + odd)}`);
    const comparison = compare(
      identity(statement({ Resource: resources(0) })),
      identity(statement({ Resource: resources(1) }), deny({ Resource: "arn:aws:s3:::*b*a*" })),
      {
        limits: { steps: 3000, memory: 100_000 },
      },
    );
    expect(comparison.secondExceeds.verdict === "proven" || comparison.relation === "undecided").toBe(true);
    expect(JSON.stringify(comparison)).toContain("the comparison ran out of steps");
  });

  it("stays what it is for keys that look like the comparison's own", () => {
    const odd = conditioned({ StringEquals: { "?aws:username": "a" } });
    expect(relation(odd, conditioned({ StringEquals: { "?aws:username": ["a", "b"] } }))).toBe(
      "second-broader",
    );
  });

  it("is the same at every run", () => {
    const [one, other] = [
      conditioned({ StringLike: { "aws:username": "a*" } }),
      conditioned({ StringLike: { "aws:username": "*a" } }),
    ];
    expect(compare(one, other)).toEqual(compare(one, other));
  });
});
