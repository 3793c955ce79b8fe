import { type SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Alert, Digest } from "../../../lib/notify/alert.ts";
import { account } from "./serverless.ts";

/** One message as SNS delivered it. */
export interface Received {
  readonly subject: string;
  readonly digest: Digest;
  readonly at: number;
}

export interface Subscriber {
  /** Everything received so far, in order of arrival. */
  readonly received: readonly Received[];
  /** The next alert not yet taken that matches; throws with what did come when none does in time. */
  alert(matches: (alert: Alert) => boolean, what: string, seconds?: number): Promise<Alert>;
  /** Receives for a while and hands out what came and nobody took. */
  quiet(seconds: number): Promise<readonly Alert[]>;
}

/** A new queue that is given what a topic is given; its URL. */
export async function subscribedQueue(
  sqs: SQSClient,
  sns: SNSClient,
  topic: string,
  name: string,
): Promise<string> {
  const arn = `arn:aws:sqs:us-east-1:${account}:${name}`;
  const policy = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: arn,
        Condition: { ArnEquals: { "aws:SourceArn": topic } },
      },
    ],
  };
  const Attributes = { Policy: JSON.stringify(policy) };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: arn }));
  return QueueUrl ?? "";
}

/** A queue subscribed to the topic of alerts: what a machine would be told. */
export async function subscribe(
  sqs: SQSClient,
  sns: SNSClient,
  topic: string,
  name: string,
): Promise<Subscriber> {
  const QueueUrl = await subscribedQueue(sqs, sns, topic, name);
  const received: Received[] = [];
  const waiting: Alert[] = [];

  const receive = async (): Promise<void> => {
    const got = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    const messages = got.Messages ?? [];
    for (const { Body } of messages) {
      const envelope = JSON.parse(Body ?? "{}") as { Subject: string; Message: string };
      const digest = JSON.parse(envelope.Message) as Digest;
      received.push({ subject: envelope.Subject, digest, at: Date.now() });
      waiting.push(...digest.alerts);
    }
    if (messages.length > 0) {
      const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  };

  return {
    received,
    async alert(matches, what, seconds = 45) {
      const until = Date.now() + seconds * 1000;
      for (;;) {
        const index = waiting.findIndex(matches);
        const [alert] = index < 0 ? [] : waiting.splice(index, 1);
        if (alert !== undefined) return alert;
        if (Date.now() > until)
          throw new Error(
            `nobody was told: ${what}; what came instead: ${waiting.map(inShort).join("; ") || "nothing"}`,
          );
        await receive();
      }
    },
    async quiet(seconds) {
      const until = Date.now() + seconds * 1000;
      while (Date.now() < until) await receive();
      return waiting.splice(0);
    },
  };
}

export const inShort = ({ transition, result }: Alert): string =>
  `${transition} ${result.control} on ${result.resource.arn}`;
