import { describe, expect, it } from "vitest";
import { loadActions } from "../../lib/policy/actions/load-actions.ts";
import { compare } from "../../lib/policy/compare.ts";
import { explain } from "../../lib/policy/explain.ts";
import type { PolicySet } from "../../lib/policy/model.ts";
import { policyOf } from "./arbitrary-policies.ts";

type Json = Readonly<Record<string, unknown>>;

const actions = await loadActions();
const setOf = (kind: PolicySet["kind"], statements: readonly Json[]): PolicySet => ({
  kind,
  documents: [policyOf({ Version: "2012-10-17", Statement: statements }, kind)],
});
const statement = (more: Json): Json => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more });

/** The sentences from the first to the second, and those back. */
function sentences(first: PolicySet, second: PolicySet): readonly string[] {
  return explain(compare(first, second, { actions }), first, second, actions).map(({ sentence }) => sentence);
}
const told = (first: readonly Json[], second: readonly Json[]): readonly string[] =>
  sentences(setOf("identity", first), setOf("identity", second));

describe("an explanation", () => {
  it("names the condition that was lost", () => {
    const guarded = statement({
      Action: "iam:PassRole",
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    });
    expect(told([guarded], [statement({ Action: "iam:PassRole" })])).toEqual([
      "may now also pass any role to any service: `iam:PassRole` lost its condition `iam:PassedToService`",
    ]);
    expect(told([statement({ Action: "iam:PassRole" })], [guarded])).toEqual([
      "may no longer pass any role to any service: `iam:PassRole` gained the condition `iam:PassedToService`",
    ]);
  });

  it("names what a Deny takes out of a pattern with a variable", () => {
    const home = statement({ Resource: "arn:aws:s3:::b/${aws:username}" });
    const but = (resource: string) => [home, statement({ Effect: "Deny", Resource: resource })];
    expect(told([home], but("arn:aws:s3:::b/admin"))).toEqual([
      "may no longer call `s3:GetObject` on `arn:aws:s3:::b/admin`: a Deny now forbids it",
    ]);
    expect(told(but("arn:aws:s3:::b/admin"), [home])).toEqual([
      "may now also call `s3:GetObject` on `arn:aws:s3:::b/admin`: a Deny no longer forbids it",
    ]);
  });

  it("names the service that a role may now be passed to", () => {
    const to = (...services: readonly string[]) => [
      statement({ Action: "iam:PassRole", Condition: { StringEquals: { "iam:PassedToService": services } } }),
    ];
    expect(told(to("ecs.amazonaws.com"), to("ecs.amazonaws.com", "ec2.amazonaws.com"))).toEqual([
      "may now also pass any role to EC2: the condition `iam:PassedToService` of `iam:PassRole` became wider",
    ]);
  });

  it("tells each statement that is gone, also one whose conditions hold policy variables", () => {
    const volumes = (where: string, tag: string, value: string) =>
      statement({
        Action: "ec2:AttachVolume",
        Resource: `arn:aws:ec2:*:*:${where}/*`,
        Condition: { StringEquals: { [`ec2:ResourceTag/${tag}`]: value } },
      });
    const gone = (where: string, tag: string) =>
      `may no longer call \`ec2:AttachVolume\` on \`arn:aws:ec2:*:*:${where}/*\` under the condition \`ec2:ResourceTag/${tag}\`: no statement allows it any more`;
    const team = volumes("instance", "Team", "dev");
    for (const value of ["${aws:username}", "${aws:PrincipalTag/Team, 'none'}", "x-${aws:userid}"]) {
      const sentences = told([team, volumes("volume", "User", value)], [statement({})]);
      expect(sentences).toContain(gone("instance", "Team"));
      expect(sentences).toContain(gone("volume", "User"));
    }
  });

  it("tells a statement that asks for a key in two ways, or for more than a number", () => {
    const [user, tag] = ["${aws:username}", "aws:RequestTag/owner"];
    const created = statement({
      Action: "ec2:CreateTags",
      Condition: { StringEquals: { [tag]: user }, Null: { [tag]: "false" } },
    });
    const counted = statement({
      Action: "s3:ListBucket",
      Condition: { StringEquals: { "s3:prefix": user }, NumericGreaterThan: { "s3:max-keys": "0" } },
    });
    expect(told([statement({}), created, counted], [])).toHaveLength(3);
  });

  it("names a resource with a variable that has a default for all actions on it", () => {
    const both = { Action: ["s3:GetObject", "s3:PutObject"] };
    const home = (name: string) => statement({ ...both, Resource: `arn:aws:s3:::b/${name}/x` });
    const [before, after] = ["${aws:PrincipalTag/team, 'all'}", "${aws:username}"];
    expect(told([home(before)], [home(after)])).toEqual([
      `may no longer call \`s3:GetObject\` and \`s3:PutObject\` on \`arn:aws:s3:::b/${before}/x\`: each is now allowed on other resources only`,
      `may now also call \`s3:GetObject\` and \`s3:PutObject\` on \`arn:aws:s3:::b/${after}/x\`: each was allowed on other resources only`,
    ]);
  });

  it("takes `${*}` for the name that it is, not for any", () => {
    const reading = (...Resource: readonly string[]) => statement({ Action: "s3:Get*", Resource });
    const [star, wide] = ["arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*"];
    expect(told([reading(star)], [reading(wide)])).toEqual([
      `may now also call \`s3:Get*\` on \`${wide}\` (other than \`${star}\`): \`s3:Get*\` was allowed on fewer resources`,
    ]);
    expect(told([reading(star)], [reading("arn:aws:s3:::b/${?}")])).toEqual([
      `may no longer call \`s3:Get*\` on \`${star}\`: \`s3:Get*\` is now allowed on other resources only`,
      "may now also call `s3:Get*` on `arn:aws:s3:::b/${?}`: `s3:Get*` was allowed on other resources only",
    ]);
  });

  it("has one sentence for all actions of a grant", () => {
    const more = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetObjectAcl"];
    expect(told([statement({})], [statement({ Action: more })])).toEqual([
      "may now also call `s3:PutObject`, `s3:DeleteObject`, `s3:ListBucket` and 1 more on any resource: no statement allowed it before",
    ]);
  });

  it("does not tell again, for some resources, what it tells for all", () => {
    const tasks = statement({ Action: "ecs:TagResource", Resource: "arn:aws:ecs:*:*:task/*_Batch_*" });
    expect(told([], [statement({}), statement({ Action: "ecs:ListAccountSettings" }), tasks])).toEqual([
      "may now also call `s3:GetObject` and `ecs:ListAccountSettings` on any resource: no statement allowed it before",
      "may now also call `ecs:TagResource` on `arn:aws:ecs:*:*:task/*_Batch_*`: no statement allowed it before",
    ]);
    expect(
      told(
        [statement({ Action: "ecs:RunTask" })],
        [statement({ Action: ["ecs:RunTask", "ecs:ListAccountSettings"] }), tasks],
      ),
    ).toEqual([
      "may now also call `ecs:ListAccountSettings` on any resource: no statement allowed it before",
      "may now also call `ecs:TagResource` on `arn:aws:ecs:*:*:task/*_Batch_*`: no statement allowed it before",
    ]);
  });

  it("tells of resources, Denies and boundaries", () => {
    expect(
      told(
        [statement({ Resource: "arn:aws:s3:::a/*" })],
        [statement({ Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"] })],
      ),
    ).toEqual([
      "may now also call `s3:GetObject` on `arn:aws:s3:::b/*`: `s3:GetObject` was allowed on other resources only",
    ]);
    const deny = {
      Sid: "NoSecrets",
      Effect: "Deny",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::secret/*",
    };
    expect(told([statement({}), deny], [statement({})])).toEqual([
      "may now also call `s3:GetObject` on `arn:aws:s3:::secret/*`: the Deny `NoSecrets` no longer forbids it",
    ]);
    const free = setOf("identity", [statement({})]);
    const bounded = { ...free, boundary: setOf("identity", [statement({ Action: "ec2:*" })]).documents };
    expect(sentences(free, bounded)).toEqual([
      "may no longer call `s3:GetObject` on any resource: the permissions boundary no longer lets it through",
    ]);
  });

  it("tells who may assume a role, and never a condition's value", () => {
    const trust = (account: string, id?: string) =>
      setOf("trust", [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { AWS: account },
          ...(id === undefined ? {} : { Condition: { StringEquals: { "sts:ExternalId": id } } }),
        },
      ]);
    const [sentence] = sentences(trust("123456789012", "secret"), trust("123456789012"));
    expect(sentence).toContain("lost its condition `sts:ExternalId`");
    expect(sentence).not.toContain("secret");
    expect(sentences(trust("123456789012"), trust("210987654321"))[1]).toMatch(
      /^may now also be assumed by anyone whom account `210987654321` lets: who asks was not named for it before$/,
    );
  });

  it("says when only an action that does not exist yet makes the difference", () => {
    const today = actions.beginningWith("sts:").map(({ action }) => action);
    const explained = told([statement({ Action: today })], [statement({ Action: "sts:*" })]);
    expect(explained).toEqual([
      "may now also call what may come of `sts:*` on any resource (only actions that do not exist today): no statement allowed it before",
    ]);
  });

  const passedTo = (...names: readonly string[]) => ({
    StringEquals: { "iam:PassedToService": names.map((name) => `${name}.amazonaws.com`) },
  });
  const bucket = "arn:aws:s3:::data/*";
  const owned = { StringEquals: { "aws:ResourceAccount": "111122223333" } };
  it.each<[string, readonly Json[], readonly Json[], readonly string[]]>([
    [
      "the condition that a new grant has",
      [statement({})],
      [statement({}), statement({ Action: "kms:Decrypt", Condition: owned })],
      [
        "may now also call `kms:Decrypt` on any resource under the condition `aws:ResourceAccount`: no statement allowed it before",
      ],
    ],
    [
      "one condition in place of another",
      [statement({ Action: "ec2:RunInstances", Condition: owned })],
      [statement({ Action: "ec2:RunInstances", Condition: { Bool: { "aws:ViaAWSService": "true" } } })],
      [
        "may no longer call `ec2:RunInstances` on any resource under the condition `aws:ResourceAccount`: `ec2:RunInstances` now needs the condition `aws:ViaAWSService`",
        "may now also call `ec2:RunInstances` on any resource under the condition `aws:ViaAWSService`: `ec2:RunInstances` needed the condition `aws:ResourceAccount` before",
      ],
    ],
    [
      "what of a pattern was not allowed before",
      [statement({ Action: "ec2:Describe*" })],
      [statement({ Action: ["ec2:*", "sqs:*"] })],
      [
        "may now also call `ec2:*` (other than `ec2:Describe*`) and `sqs:*` on any resource: no statement allowed it before",
      ],
    ],
    [
      "what of a pattern is now allowed elsewhere only",
      [statement({ Action: ["s3:Get*", "ec2:*"] })],
      [statement({ Action: ["s3:Get*"], Resource: bucket }), statement({ Action: "ec2:*" })],
      [
        "may no longer call `s3:Get*` on any resource (other than `arn:aws:s3:::data/*`): `s3:Get*` is now allowed on fewer resources",
      ],
    ],
    [
      "an exception as an exception",
      [statement({ Action: "s3:*" })],
      [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      [
        "may now also call `*` (other than `iam:*` and `s3:*`) on any resource: no statement allowed it before",
      ],
    ],
    [
      "the condition of a Deny",
      [statement({})],
      [
        statement({}),
        statement({
          Effect: "Deny",
          Resource: bucket,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      ],
      [
        "may no longer call `s3:GetObject` on `arn:aws:s3:::data/*`: a Deny under the condition `aws:SecureTransport` now forbids it",
      ],
    ],
    [
      "the whole name of a part of a service",
      [statement({})],
      [
        statement({}),
        statement({
          Action: "iam:PassRole",
          Condition: { StringEquals: { "iam:PassedToService": "replication.s3tables.amazonaws.com" } },
        }),
      ],
      ["may now also pass any role to `replication.s3tables.amazonaws.com`: no statement allowed it before"],
    ],
  ])("tells %s", (_, first, second, expected) => {
    expect(told(first, second)).toEqual(expected);
  });

  it("tells of anyone where a trust names everyone", () => {
    const trust = (Principal: unknown) =>
      setOf("trust", [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }]);
    const role = "arn:aws:iam::123456789012:role/a";
    expect(sentences(trust({ AWS: role }), trust("*"))).toEqual([
      "may now also be assumed by anyone (other than `arn:aws:iam::123456789012:role/a`): who asks was not named for it before",
    ]);
    expect(sentences(trust({ AWS: role }), trust({ Service: "ec2.amazonaws.com", AWS: role }))).toEqual([
      "may now also be assumed by `ec2.amazonaws.com`: who asks was not named for it before",
    ]);
  });

  const object = (name: string) => `arn:aws:s3:::${name}/*`;
  const everything = statement({ Action: "*" });
  it.each<[string, readonly Json[], readonly Json[], readonly string[]]>([
    [
      "every action that a statement gained, passing a role and the like first",
      [statement({})],
      [statement({ Action: ["s3:GetObject", "kms:*", "iam:CreateAccessKey", "iam:PassRole"] })],
      [
        "may now also pass any role to any service: no statement allowed it before",
        "may now also call `iam:CreateAccessKey` and `kms:*` on any resource: no statement allowed it before",
      ],
    ],
    [
      "every action on a resource that a statement gained",
      [statement({ Action: ["s3:GetObject", "s3:PutObject"], Resource: object("a") })],
      [statement({ Action: ["s3:GetObject", "s3:PutObject"], Resource: [object("a"), object("c")] })],
      [
        "may now also call `s3:GetObject` and `s3:PutObject` on `arn:aws:s3:::c/*`: each was allowed on other resources only",
      ],
    ],
    [
      "of each action on which resources it is new",
      [statement({ Resource: object("a") }), statement({ Action: "s3:PutObject", Resource: object("b") })],
      [statement({ Action: ["s3:GetObject", "s3:PutObject"], Resource: [object("a"), object("b")] })],
      [
        "may now also call `s3:GetObject` on `arn:aws:s3:::b/*`: `s3:GetObject` was allowed on other resources only",
        "may now also call `s3:PutObject` on `arn:aws:s3:::a/*`: `s3:PutObject` was allowed on other resources only",
      ],
    ],
    [
      "all that a Deny forbade",
      [
        everything,
        statement({ Effect: "Deny", Action: ["s3:DeleteBucket", "iam:*", "kms:ScheduleKeyDeletion"] }),
      ],
      [everything],
      [
        "may now also call `iam:*`, `s3:DeleteBucket` and `kms:ScheduleKeyDeletion` on any resource: a Deny no longer forbids it",
      ],
    ],
    [
      "what a Deny leaves out of what is new",
      [statement({})],
      [
        statement({ Action: ["s3:GetObject", "kms:*"] }),
        statement({ Effect: "Deny", Action: "kms:Decrypt" }),
      ],
      [
        "may now also call `kms:*` (other than `kms:Decrypt`) on any resource: no statement allowed it before",
      ],
    ],
    [
      "what is left of what is named",
      [statement({ Action: "iam:PassRole" })],
      [statement({ Action: "iam:PassRole", Resource: "arn:aws:iam::123456789012:role/app-*" })],
      [
        "may no longer pass any role (other than `arn:aws:iam::123456789012:role/app-*`) to any service: `iam:PassRole` is now allowed on fewer resources",
      ],
    ],
    [
      "what is left of two lists that are both wide",
      [everything],
      [statement({ Action: ["ec2:Describe*", "s3:GetObject"], Resource: object("a") })],
      [
        "may no longer call `*` on any resource (other than `ec2:Describe*` and `s3:GetObject` on `arn:aws:s3:::a/*`): no statement allows it any more",
      ],
    ],
    [
      "exceptions that are none any more",
      [{ Effect: "Allow", NotAction: ["iam:*", "s3:*", "kms:*"], Resource: "*" }],
      [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      ["may now also call `s3:*` and `kms:*` on any resource: no statement allowed it before"],
    ],
    [
      "statements that share their witness with another",
      [statement({ Resource: object("a") })],
      [
        statement({ Action: ["s3:GetObject", "s3:PutObject"], Resource: [object("a"), object("b")] }),
        statement({ Action: ["s3:PutObject", "s3:DeleteObject"], Resource: object("c") }),
        statement({ Action: "s3:PutObject", Resource: "arn:aws:s3:::home/${aws:username}/*" }),
      ],
      [
        "may now also call `s3:GetObject` and `s3:PutObject` on `arn:aws:s3:::b/*`: no statement allowed it before",
        "may now also call `s3:PutObject` on `arn:aws:s3:::a/*` and `arn:aws:s3:::home/${aws:username}/*`: no statement allowed it before",
        "may now also call `s3:PutObject` and `s3:DeleteObject` on `arn:aws:s3:::c/*`: no statement allowed it before",
      ],
    ],
    [
      "every service that a role may now be passed to",
      [statement({ Action: "iam:PassRole", Condition: passedTo("ecs") })],
      [statement({ Action: "iam:PassRole", Condition: passedTo("ecs", "ec2", "lambda") })],
      [
        "may now also pass any role to EC2 and `lambda`: the condition `iam:PassedToService` of `iam:PassRole` became wider",
      ],
    ],
    [
      "a resource with backticks as code",
      [statement({ Resource: object("a") })],
      [statement({ Resource: [object("a"), "arn:aws:s3:::b` <b>x</b> `/*"] })],
      [
        "may now also call `s3:GetObject` on ``arn:aws:s3:::b` <b>x</b> `/*``: `s3:GetObject` was allowed on other resources only",
      ],
    ],
  ])("tells %s", (_, first, second, expected) => {
    expect(told(first, second)).toEqual(expected);
  });

  it("tells all that a boundary let through", () => {
    const bounded = (Action: readonly string[]) => ({
      ...setOf("identity", [everything]),
      boundary: setOf("identity", [statement({ Action })]).documents,
    });
    expect(sentences(bounded(["ec2:*"]), bounded(["ec2:*", "s3:GetObject", "kms:*"]))).toEqual([
      "may now also call `kms:*` and `s3:GetObject` on any resource: the permissions boundary now lets it through",
    ]);
  });

  const trusting = (
    Principal: Json,
    Action: string | readonly string[] = "sts:AssumeRole",
    Effect = "Allow",
  ) => ({
    Effect,
    Principal,
    Action,
  });
  const account = trusting({ AWS: "111122223333" });
  it.each<[string, readonly Json[], readonly Json[], readonly string[]]>([
    [
      "everyone who was added",
      [trusting({ Service: "ec2.amazonaws.com" })],
      [
        trusting({
          Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"],
          AWS: ["999988887777", "999988886666"],
        }),
      ],
      [
        "may now also be assumed by `lambda.amazonaws.com`, anyone whom account `999988887777` lets and anyone whom account `999988886666` lets: who asks was not named for it before",
      ],
    ],
    [
      "only whom a Deny named",
      [account, trusting({ AWS: "arn:aws:iam::111122223333:role/r" }, "sts:AssumeRole", "Deny")],
      [account],
      ["may now also be assumed by `arn:aws:iam::111122223333:role/r`: a Deny no longer forbids it"],
    ],
    [
      "what else may be done with a role that could be assumed all along",
      [account],
      [trusting({ AWS: "111122223333" }, "sts:*")],
      [
        "may now also be used by anyone whom account `111122223333` lets for `sts:*` (other than `sts:AssumeRole`): no statement allowed it before",
      ],
    ],
    [
      "the ways in which someone new may assume it",
      [account],
      [account, trusting({ AWS: "999988887777" }, ["sts:AssumeRole", "sts:TagSession"])],
      [
        "may now also be assumed by anyone whom account `999988887777` lets (`sts:AssumeRole` and `sts:TagSession`): no statement allowed it before",
      ],
    ],
  ])("tells of a trust policy %s", (_, first, second, expected) => {
    expect(sentences(setOf("trust", first), setOf("trust", second))).toEqual(expected);
  });

  it("says so when the statements list more than is looked at", () => {
    const many = statement({
      Action: Array.from({ length: 100 }, (_, i) => `ec2:Action${i}`),
      Resource: Array.from({ length: 20 }, (_, i) => object(`b${i}`)),
    });
    expect(told([statement({})], [statement({}), many]).at(-1)).toMatch(
      /\(the statements list more than was looked at\)$/,
    );
  });

  it("is empty for what is equivalent", () => {
    expect(told([statement({})], [statement({ Action: ["s3:getobject"] })])).toEqual([]);
  });
});

describe("a witness", () => {
  const requestOf = (first: readonly Json[], second: readonly Json[]) => {
    const { secondExceeds } = compare(setOf("identity", first), setOf("identity", second), { actions });
    return secondExceeds.verdict === "proven" ? secondExceeds.witnesses[0] : undefined;
  };

  it("is an action of today on an ARN of its kind, with no key that the proof does not need", () => {
    const first = [statement({ Action: "iam:GetRole", Resource: "arn:aws:iam::*:role/a" })];
    const second = [
      statement({
        Action: ["iam:Get*"],
        Resource: "arn:aws:iam::*:role/*",
        Condition: {
          StringEquals: { "aws:PrincipalTag/team": "a" },
          StringNotEquals: { "aws:PrincipalTag/stage": "b" },
        },
      }),
    ];
    const witness = requestOf(first, second);
    expect(witness?.latent).toBe(false);
    expect(actions.find(witness?.request.action ?? "")).toBeDefined();
    expect(witness?.request.resource).toMatch(/^arn:aws:iam::123456789012:role\/\w/);
    expect(witness?.request.context).toEqual({ "aws:PrincipalTag/team": "a" });
  });

  it.each<[string, readonly string[], readonly string[], RegExp]>([
    ["of any service", ["ec2:RunInstances"], ["*:CreateTags"], /:CreateTags$/],
    ["of any service, by the end of its name", ["s3:*"], ["*:*Ledger"], /Ledger$/],
    ["late in a long list", ["ec2:A*"], ["ec2:Wi*"], /^ec2:Wi/],
    ["on the side of an exception", ["*"], ["*"], /./],
  ])("is found where it is %s", (_, first, second, expected) => {
    const exception = first[0] === "*" ? [statement({ Effect: "Deny", Action: "*:Describe*" })] : [];
    const witness = requestOf([statement({ Action: first }), ...exception], [statement({ Action: second })]);
    expect(witness?.latent).toBe(false);
    expect(witness?.request.action).toMatch(expected);
  });

  it("has the form of its action's ARNs within what a pattern asks for", () => {
    const second = [statement({ Action: "ec2:StopInstances", Resource: "arn:aws:ec2:*:*:*/i-*" })];
    expect(requestOf([statement({ Action: "s3:GetObject" })], second)?.request.resource).toMatch(
      /^arn:aws:ec2:us-east-1:123456789012:instance\/i-\w+/,
    );
  });

  it("is made up, and called latent, where no action of today will do", () => {
    const known = actions.beginningWith("sts:").map(({ action }) => action);
    const witness = requestOf([statement({ Action: known })], [statement({ Action: "sts:*" })]);
    expect(witness?.latent).toBe(true);
    expect(witness?.request.action).toMatch(/^sts:/);
  });
});
