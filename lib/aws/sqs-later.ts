import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Later } from "../watch/ports.ts";

/** IAM actions on the queue. @public */
export const actions = ["sqs:SendMessage"] as const;

/** SQS holds a message back for at most 15 minutes. */
const mostDelay = 900;

/** Looks that are taken later wait in the queue of changes. */
export function sqsLater(client: SQSClient, queueUrl: string): Later {
  return {
    async look(look, delaySeconds) {
      const DelaySeconds = Math.min(mostDelay, Math.max(0, Math.ceil(delaySeconds)));
      await client.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(look), DelaySeconds }),
      );
    },
  };
}
