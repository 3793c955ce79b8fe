import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";
import { CloudTrailClient, DescribeTrailsCommand } from "@aws-sdk/client-cloudtrail";
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { selfFacts } from "../../lib/aws/self-facts.ts";
import { judgeSelf } from "../../lib/controls/self/judge-self.ts";
import type { SelfFacts } from "../../lib/controls/self/model.ts";
import { memoryLedger } from "../../lib/local/memory-ledger.ts";

const stacks = mockClient(CloudFormationClient);
const sqs = mockClient(SQSClient);
const sns = mockClient(SNSClient);
const trails = mockClient(CloudTrailClient);

const topic = "arn:aws:sns:us-east-1:210987654321:rolecall-Alerts-1";
const template = {
  resources: {
    Changes: { type: "AWS::SQS::Queue", properties: { SqsManagedSseEnabled: true } },
    Alerts: { type: "AWS::SNS::Topic", properties: {} },
    Mail: {
      type: "AWS::SNS::Subscription",
      properties: { TopicArn: { Ref: "Alerts" }, Protocol: "email", Endpoint: "someone@example.com" },
    },
  },
};
const place = {
  identity: { account: "210987654321", partition: "aws" },
  region: "us-east-1",
  stack: "rolecall",
};
const look = (): Promise<SelfFacts> => selfFacts(template, memoryLedger())(place, "2026-11-22T12:00:00.000Z");
const failing = (facts: SelfFacts): readonly string[] =>
  judgeSelf(facts, new Date(facts.at)).flatMap(({ control, verdict }) =>
    verdict === "failed" || verdict === "unavailable" ? [`${control} ${verdict}`] : [],
  );
const refused = (name: string): Error => Object.assign(new Error("no"), { name });

beforeEach(() => {
  for (const one of [stacks, sqs, sns, trails]) one.reset();
  stacks.on(DescribeStacksCommand).resolves({
    Stacks: [{ StackName: "rolecall", CreationTime: undefined, StackStatus: "UPDATE_COMPLETE" }],
  });
  stacks.on(ListStackResourcesCommand).resolves({
    StackResourceSummaries: [
      ["Changes", "AWS::SQS::Queue", "https://sqs/210987654321/rolecall-Changes-1"],
      ["Alerts", "AWS::SNS::Topic", topic],
    ].map(([LogicalResourceId, ResourceType, PhysicalResourceId]) => ({
      LogicalResourceId,
      ResourceType,
      PhysicalResourceId,
      LastUpdatedTimestamp: undefined,
      ResourceStatus: "CREATE_COMPLETE" as const,
    })),
  });
  trails.on(DescribeTrailsCommand).resolves({ trailList: [] });
  sqs.on(GetQueueAttributesCommand).resolves({
    Attributes: {
      QueueArn: "arn:aws:sqs:us-east-1:210987654321:rolecall-Changes-1",
      VisibilityTimeout: "30",
      MessageRetentionPeriod: "345600",
      SqsManagedSseEnabled: "true",
    },
  });
  sns.resolves({ Attributes: {} });
  sns.on(ListSubscriptionsByTopicCommand).resolves({
    Subscriptions: [{ Protocol: "email", Endpoint: "someone@example.com", SubscriptionArn: `${topic}:1` }],
  });
});

test("a stack that is as deployed lacks only the trail", async () => {
  expect(failing(await look())).toEqual(["self-trail failed"]);
});

test("a queue that is gone fails, one that may not be read is unavailable", async () => {
  sqs.on(GetQueueAttributesCommand).rejects(refused("QueueDoesNotExist"));
  expect(failing(await look())).toContain("self-queue failed");
  sqs.on(GetQueueAttributesCommand).rejects(refused("AccessDenied"));
  expect(failing(await look())).toContain("self-queue unavailable");
});

test("while the stack is deployed nothing of it is compared, and nothing passes", async () => {
  stacks.on(DescribeStacksCommand).resolves({
    Stacks: [{ StackName: "rolecall", CreationTime: undefined, StackStatus: "UPDATE_IN_PROGRESS" }],
  });
  const facts = await look();
  expect(facts.parts).toMatchObject({ items: [], gap: { reason: "the stack is being deployed" } });
  expect(sqs.calls()).toEqual([]);
  expect(failing(facts)).toContain("self-rule unavailable");
  expect(failing(facts)).toContain("self-subscription unavailable");
});

test("a subscription that was deployed and is not there is gone; its address is not shown", async () => {
  sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [] });
  const { subscriptions } = await look();
  expect(subscriptions.items).toEqual([
    { topic, protocol: "email", endpoint: "s…@example.com", confirmed: false, gone: true },
  ]);
});

test("an address that nobody confirmed is there, and not confirmed", async () => {
  sns.on(ListSubscriptionsByTopicCommand).resolves({
    Subscriptions: [
      { Protocol: "email", Endpoint: "someone@example.com", SubscriptionArn: "PendingConfirmation" },
    ],
  });
  const { subscriptions } = await look();
  expect(subscriptions.items).toMatchObject([{ confirmed: false }]);
  expect(subscriptions.items[0]?.gone).toBeUndefined();
});

test("a filter that nobody deployed silences an address, and is seen; a stranger's filter is the stranger's", async () => {
  sns.on(ListSubscriptionsByTopicCommand).resolves({
    Subscriptions: [
      { Protocol: "email", Endpoint: "someone@example.com", SubscriptionArn: `${topic}:1` },
      {
        Protocol: "sqs",
        Endpoint: "arn:aws:sqs:us-east-1:210987654321:theirs",
        SubscriptionArn: `${topic}:2`,
      },
    ],
  });
  sns
    .on(GetSubscriptionAttributesCommand)
    .resolves({ Attributes: { FilterPolicy: '{"severity":["none"]}' } });
  const facts = await look();
  expect(facts.subscriptions.items.map(({ filtered }) => filtered)).toEqual([true, undefined]);
  expect(failing(facts)).toContain("self-subscription failed");
  sns.on(GetSubscriptionAttributesCommand).rejects(refused("AuthorizationError"));
  expect(failing(await look())).toContain("self-subscription unavailable");
});
