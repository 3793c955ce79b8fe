import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Digest } from "../notify/alert.ts";
import { brisk } from "./client-settings.ts";

/** IAM actions on the queue. @public */
export const actions = ["sqs:SendMessage"] as const;

/** SQS takes 262,144 bytes. */
const limit = 240_000;

/** Puts an alert that could not be told where its alarm is, with the reason. */
export function deadLetters(queueUrl: string): (digest: Digest, reasons: readonly string[]) => Promise<void> {
  const client = new SQSClient(brisk);
  return async (digest, reasons) => {
    const whole = JSON.stringify({ function: "slack", reasons, digest });
    const MessageBody =
      Buffer.byteLength(whole) <= limit
        ? whole
        : JSON.stringify({ function: "slack", reasons, digest: digest.id });
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
  };
}
