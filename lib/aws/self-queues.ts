import { GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { takesOf } from "../controls/self/settings.ts";
import { found } from "../model/seen.ts";
import { brisk } from "./client-settings.ts";
import { read } from "./read.ts";
import { parsed, type Readers, resourcePolicy, settings } from "./self-part.ts";

/** IAM actions on queues and topics. @public */
export const actions = ["sns:GetTopicAttributes", "sqs:GetQueueAttributes"] as const;

/** What messages lie in or go through. */
export function queueReaders(): Readers<"queue" | "topic"> {
  const sns = new SNSClient(brisk);
  const sqs = new SQSClient(brisk);
  return {
    async queue({ physical }) {
      const queue = await read("sqs:GetQueueAttributes", () =>
        sqs.send(new GetQueueAttributesCommand({ QueueUrl: physical, AttributeNames: ["All"] })),
      );
      if (queue.at !== "found") return { actual: queue, waiting: queue };
      const attributes: Readonly<Record<string, string>> = queue.value.Attributes ?? {};
      const redrive = parsed(attributes["RedrivePolicy"]) as
        | { readonly deadLetterTargetArn?: string; readonly maxReceiveCount?: number | string }
        | undefined;
      const permission = parsed(attributes["RedriveAllowPolicy"]) as
        | { readonly redrivePermission?: string }
        | undefined;
      return {
        ...settings(
          {
            delay: Number(attributes["DelaySeconds"] ?? 0),
            hidden: Number(attributes["VisibilityTimeout"]),
            kept: Number(attributes["MessageRetentionPeriod"]),
            encrypted: attributes["SqsManagedSseEnabled"] === "true",
            undelivered: redrive?.deadLetterTargetArn ?? "",
            attempts: Number(redrive?.maxReceiveCount ?? 0),
            takes: takesOf(attributes["MaximumMessageSize"]),
            takesBack: permission?.redrivePermission ?? "allowAll",
          },
          resourcePolicy(attributes["Policy"]),
        ),
        waiting: found(Number(attributes["ApproximateNumberOfMessages"] ?? 0)),
      };
    },

    async topic({ physical }) {
      const topic = await read("sns:GetTopicAttributes", () =>
        sns.send(new GetTopicAttributesCommand({ TopicArn: physical })),
      );
      if (topic.at !== "found") return { actual: topic };
      const attributes: Readonly<Record<string, string>> = topic.value.Attributes ?? {};
      return settings({ key: attributes["KmsMasterKeyId"] ?? "" }, resourcePolicy(attributes["Policy"]));
    },
  };
}
