import { expect, test } from "vitest";
import { expectedParts } from "../../../lib/controls/self/expected.ts";
import type { Deployed } from "../../../lib/controls/self/intrinsics.ts";
import { watchedTemplate } from "../../../lib/controls/self/template.ts";

const source = {
  Conditions: {
    Given: { "Fn::Not": [{ "Fn::Equals": ["someone@example.com", ""] }] },
    NotGiven: { "Fn::Not": [{ Condition: "Given" }] },
  },
  Resources: {
    Changes: {
      Type: "AWS::SQS::Queue",
      Properties: {
        DelaySeconds: 30,
        VisibilityTimeout: 720,
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 5 },
      },
    },
    Dead: { Type: "AWS::SQS::Queue", Properties: { SqsManagedSseEnabled: true } },
    Policy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: {
        Queues: [{ Ref: "Changes" }],
        PolicyDocument: { Statement: [{ Effect: "Allow", Resource: { "Fn::GetAtt": "Changes.Arn" } }] },
      },
    },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: { Statement: [] },
        Policies: [
          {
            PolicyName: "see",
            PolicyDocument: {
              Statement: [
                { Resource: { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*" } },
                {
                  Resource: {
                    "Fn::Sub": [
                      "${Table}/index/live on ${Changes.Arn}",
                      { Table: { "Fn::If": ["NotGiven", "a", "b"] } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    Topic: {
      Type: "AWS::SNS::Topic",
      Properties: { KmsMasterKeyId: "alias/aws/sns", DisplayName: "Rolecall" },
    },
    Mail: {
      Type: "AWS::SNS::Subscription",
      Condition: "Given",
      Properties: { TopicArn: { Ref: "Topic" }, Protocol: "email", Endpoint: "someone@example.com" },
    },
    Chat: {
      Type: "AWS::SNS::Subscription",
      Condition: "NotGiven",
      Properties: { TopicArn: { Ref: "Topic" }, Protocol: "sqs", Endpoint: "nowhere" },
    },
    Bucket: { Type: "AWS::S3::Bucket", Properties: {} },
  },
};
const here = "us-gov-west-1:210987654321";
const topic = `arn:aws-us-gov:sns:${here}:rolecall-Topic-1`;
const deployed: Deployed = {
  identity: { account: "210987654321", partition: "aws-us-gov" },
  region: "us-gov-west-1",
  stack: "rolecall",
  parts: new Map([
    [
      "Changes",
      { type: "AWS::SQS::Queue", physical: "https://sqs.example.com/210987654321/rolecall-Changes-1" },
    ],
    ["Dead", { type: "AWS::SQS::Queue", physical: "https://sqs.example.com/210987654321/rolecall-Dead-1" }],
    ["Role", { type: "AWS::IAM::Role", physical: "rolecall-Role-1" }],
    ["Topic", { type: "AWS::SNS::Topic", physical: topic }],
  ]),
  code: new Map([["Judge", "0123456789+/="]]),
};
const { parts, subscriptions, unclear } = expectedParts(watchedTemplate(source), deployed);
const part = (name: string) => parts.find((one) => one.name === name);

test("a queue is expected with its settings, its dead-letter queue by name and the policy that names it", () => {
  expect(unclear).toEqual([]);
  expect(part("Changes")?.arn).toBe(`arn:aws-us-gov:sqs:${here}:rolecall-Changes-1`);
  expect(part("Changes")?.properties.settings).toEqual({
    delay: 30,
    hidden: 720,
    kept: 345_600,
    encrypted: true,
    undelivered: `arn:aws-us-gov:sqs:${here}:rolecall-Dead-1`,
    attempts: 5,
    takes: "whole events",
    takesBack: "allowAll",
  });
  expect(part("Changes")?.properties.policies["policy"]?.documents).toEqual([
    { Statement: [{ Effect: "Allow", Resource: `arn:aws-us-gov:sqs:${here}:rolecall-Changes-1` }] },
  ]);
  expect(part("Dead")?.properties.policies).toEqual({});
});

test("a role is expected with the names that only the deployed stack knows", () => {
  expect(part("Role")?.properties.policies["permissions"]?.documents).toEqual([
    {
      Statement: [
        { Resource: "arn:aws-us-gov:iam::210987654321:role/*" },
        { Resource: `b/index/live on arn:aws-us-gov:sqs:${here}:rolecall-Changes-1` },
      ],
    },
  ]);
  expect(part("Role")?.properties.settings).toEqual({ attached: [], boundary: "" });
});

test("what a condition leaves out is not expected, nor is what is not watched", () => {
  expect(subscriptions).toEqual([{ topic, protocol: "email", endpoint: "someone@example.com" }]);
  expect(parts.map(({ name }) => name)).toEqual(["Changes", "Dead", "Role", "Topic"]);
});

test("a part that the stack does not name is unclear, never passed over", () => {
  const fewer = new Map([...deployed.parts].filter(([name]) => name !== "Dead"));
  const known = expectedParts(watchedTemplate(source), { ...deployed, parts: fewer });
  expect(known.unclear).toEqual(["the stack has no part Dead", "the stack has no part Dead"]);
});

test("a condition that only CloudFormation could decide stops the packaging", () => {
  const Conditions = { ...source.Conditions, Given: { "Fn::Odd": [] } };
  expect(() => watchedTemplate({ ...source, Conditions })).toThrow("cannot be decided");
});

test("a function is expected with the code that the stack's outputs name, and to be called by whom it was deployed for", () => {
  const Resources = {
    Judge: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Handler: "judge.handler",
        Runtime: "nodejs24.x",
        Timeout: 30,
        OnFailure: "arn:dead",
        Retries: 0,
      },
    },
    Called: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        FunctionName: { "Fn::GetAtt": ["Judge", "Arn"] },
        Action: "lambda:InvokeFunction",
        Principal: "sns.amazonaws.com",
        SourceArn: { Ref: "Topic" },
      },
    },
  };
  const named = new Map([
    ...deployed.parts,
    ["Judge", { type: "AWS::Lambda::Function", physical: "rolecall-judge" }] as const,
  ]);
  const judge = expectedParts(watchedTemplate({ Resources }), { ...deployed, parts: named }).parts[0];
  expect(judge?.properties.settings).toMatchObject({
    code: "0123456789+/=",
    handler: "judge.handler",
    undelivered: "arn:dead",
    retries: 0,
    eventAge: 21_600,
    log: "Text /aws/lambda/rolecall-judge",
  });
  expect(judge?.properties.policies["policy"]?.documents).toEqual([
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: `arn:aws-us-gov:lambda:${here}:function:rolecall-judge`,
          Condition: { ArnLike: { "AWS:SourceArn": topic } },
        },
      ],
    },
  ]);
  const unsaid = expectedParts(watchedTemplate({ Resources }), {
    ...deployed,
    parts: named,
    code: new Map(),
  });
  expect([unsaid.parts, unsaid.unclear]).toEqual([[], ["the stack does not say which code Judge has"]]);
});
