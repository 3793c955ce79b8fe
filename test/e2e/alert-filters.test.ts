import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { snsNotifier } from "../../lib/aws/sns-notifier.ts";
import { alertOf, digestOf, opened } from "../notify/sample-digest.ts";
import { type Emulator, startEmulator } from "../support/emulator/start-emulator.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";

const account = "111122223333";

describe.skipIf(whyNoEmulator() !== undefined)("a subscriber's filter on the topic of alerts", () => {
  let aws: Emulator;
  let sns: SNSClient;
  let sqs: SQSClient;
  let topic: string;

  beforeAll(async () => {
    aws = await startEmulator({ account });
    const config = { endpoint: aws.endpoint, region: aws.region, credentials: aws.root(account) };
    sns = new SNSClient(config);
    sqs = new SQSClient(config);
    topic = (await sns.send(new CreateTopicCommand({ Name: "alerts" }))).TopicArn ?? "";
  });
  afterAll(() => aws?.stop());

  const queueArn = (name: string): string => `arn:aws:sqs:${aws.region}:${account}:${name}`;
  const policy = (name: string): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queueArn(name),
        },
      ],
    });

  async function subscribed(name: string, filter: object): Promise<() => Promise<number>> {
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { Policy: policy(name) } }),
    );
    await sns.send(
      new SubscribeCommand({
        TopicArn: topic,
        Protocol: "sqs",
        Endpoint: queueArn(name),
        Attributes: { FilterPolicy: JSON.stringify(filter) },
      }),
    );
    return async () => {
      const got = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      return got.Messages?.length ?? 0;
    };
  }

  it("takes a digest for any alert in it: a critical one is not lost among others, nor are others behind it", async () => {
    const critical = await subscribed("critical", { severity: ["critical"] });
    const medium = await subscribed("medium", { severity: ["medium"] });
    const low = await subscribed("low", { severity: ["low"] });
    const ecs = await subscribed("ecs", { severity: ["critical", "high"], platform: ["ecs", "rolecall"] });
    const mixed = digestOf([
      alertOf("opened", { result: { ...opened, severity: "medium", platform: "ecs" } }),
      alertOf("resolved", { closedAt: "2026-11-22T06:17:05.000Z" }),
    ]);
    await snsNotifier(sns, topic).publish(mixed);
    expect(await Promise.all([critical(), medium(), low(), ecs()])).toEqual([1, 1, 0, 1]);
  });
});
