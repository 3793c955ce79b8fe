import { beforeAll, describe, expect, it } from "vitest";
import type { ExistingActions } from "../../../lib/policy/actions/existing-actions.ts";
import { loadActions } from "../../../lib/policy/actions/load-actions.ts";
import { compare } from "../../../lib/policy/compare.ts";
import type { PolicySet } from "../../../lib/policy/model.ts";
import { policyOf } from "../arbitrary-policies.ts";

let actions: ExistingActions;
beforeAll(async () => {
  actions = await loadActions();
});

type Texts = string | readonly string[];

const allowing = (Action: string, Resource: Texts): PolicySet => ({
  kind: "identity",
  documents: [
    policyOf({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }, "identity"),
  ],
});

/** What the witness of a difference is asked on, with and without the list of actions that exist. */
function resourcesOf(action: string, more: Texts, less: Texts): readonly (string | undefined)[] {
  return [{ actions }, {}].map((options) => {
    const { firstExceeds } = compare(allowing(action, more), allowing(action, less), options);
    return firstExceeds.verdict === "proven" ? firstExceeds.witnesses[0]?.request.resource : undefined;
  });
}

describe("the resource of a witness", () => {
  it.each<[string, string, Texts, Texts, string, string?]>([
    [
      "another region",
      "sqs:SendMessage",
      "arn:aws:sqs:*:*:q",
      "arn:aws:sqs:us-east-1:*:q",
      "arn:aws:sqs:eu-west-1:123456789012:q",
    ],
    [
      "another account",
      "sqs:SendMessage",
      "arn:aws:sqs:*:*:q",
      "arn:aws:sqs:*:123456789012:q",
      "arn:aws:sqs:us-east-1:111122223333:q",
    ],
    [
      "another region, and another account",
      "sqs:SendMessage",
      "arn:aws:sqs:*:*:q",
      ["arn:aws:sqs:*:123456789012:q", "arn:aws:sqs:us-east-1:*:q"],
      "arn:aws:sqs:eu-west-1:111122223333:q",
    ],
    [
      "a region that none names",
      "sqs:SendMessage",
      "arn:aws:sqs:*:111122223333:q",
      ["us-east-1", "eu-west-1", "ap-southeast-2"].map((region) => `arn:aws:sqs:${region}:*:q`),
      "arn:aws:sqs:us-west-2:111122223333:q",
    ],
    [
      "a region of the pattern's own",
      "sqs:SendMessage",
      "arn:aws:sqs:eu-*:*:q",
      "arn:aws:sqs:eu-west-1:*:q",
      "arn:aws:sqs:eu-central-1:123456789012:q",
    ],
    [
      "another partition, with a region of it",
      "sqs:SendMessage",
      "arn:*:sqs:*:*:q",
      "arn:aws:sqs:*:*:q",
      "arn:aws-cn:sqs:cn-north-1:123456789012:q",
    ],
    [
      "the third partition",
      "s3:GetObject",
      "arn:*:s3:::b/*",
      ["arn:aws:s3:::b/*", "arn:aws-cn:s3:::b/*"],
      "arn:aws-us-gov:s3:::b/example-object",
      "arn:aws-us-gov:s3:::b/example",
    ],
    [
      "another name",
      "iam:GetRole",
      "arn:aws:iam::123456789012:role/*",
      "arn:aws:iam::123456789012:role/example*",
      "arn:aws:iam::123456789012:role/other-role",
      "arn:aws:iam::123456789012:role/other",
    ],
    [
      "a name that none begins",
      "ssm:GetParameter",
      "arn:aws:ssm:us-east-1:123456789012:parameter/a/*",
      ["e", "o"].map((start) => `arn:aws:ssm:us-east-1:123456789012:parameter/a/${start}*`),
      "arn:aws:ssm:us-east-1:123456789012:parameter/a/team-parameter-name-without-leading-slash",
      "arn:aws:ssm:us-east-1:123456789012:parameter/a/team",
    ],
    [
      "what the action is about",
      "ec2:DeleteSecurityGroup",
      "*",
      ["arn:aws:ec2:us-east-1:*:*", "arn:aws:ec2:*:*:vpc/*"],
      "arn:aws:ec2:eu-west-1:123456789012:security-group/example-security-group",
      "arn:aws:ec2:eu-west-1:123456789012:example",
    ],
    [
      "what the action is about, in the account that is left",
      "autoscaling:UpdateAutoScalingGroup",
      "arn:*:autoscaling:*:*:*:autoScalingGroupName/eks-*",
      "arn:aws:autoscaling:*:*:*:autoScalingGroupName/eks-*",
      "arn:aws-cn:autoscaling:cn-north-1:123456789012:autoScalingGroup:example-group:autoScalingGroupName/eks-example-group-friendly",
      "arn:aws-cn:autoscaling:cn-north-1:123456789012:example:autoScalingGroupName/eks-example",
    ],
    [
      "a name that ends as it must",
      "s3:GetObject",
      "arn:aws:s3:::*-logs/*",
      "arn:aws:s3:::example-logs/*",
      "arn:aws:s3:::example-bucket/-logs/example-object",
      "arn:aws:s3:::other-logs/example",
    ],
    [
      "another service than the action's own",
      "iam:PassRole",
      "arn:aws:ec2:*:*:instance/*",
      "arn:aws:ec2:us-east-1:*:instance/*",
      "arn:aws:ec2:eu-west-1:123456789012:instance/example",
    ],
  ])("is a whole ARN: %s", (_, action, more, less, existing, madeUp = existing) => {
    expect(resourcesOf(action, more, less)).toEqual([existing, madeUp]);
  });

  it("is the shortest text of the difference where no whole ARN is in it", () => {
    expect(resourcesOf("sqs:SendMessage", "arn:aws:sqs:::q", "arn:aws:sqs:us-east-1::q")).toEqual([
      "arn:aws:sqs:::q",
      "arn:aws:sqs:::q",
    ]);
  });

  it("is looked for in few steps where names are of dashes, of which any could be more", () => {
    const dashes = (count: number) => `arn:aws:s3:::${"-".repeat(count)}`;
    const many = Array.from({ length: 300 }, (_, i) => `${dashes(100)}${i}${"-".repeat(60)}*`);
    const get = (Resource: Texts) => allowing("s3:GetObject", Resource);
    expect(compare(get(many), get(`${dashes(180)}*`), { actions })).toMatchObject({
      firstExceeds: { verdict: "proven" },
      secondExceeds: { verdict: "proven" },
    });
  });
});
