import { type MessageAttributeValue, PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { Digest } from "../notify/alert.ts";
import type { Notifier } from "../notify/port.ts";
import { renderEmail } from "../notify/render-email.ts";
import { renderMachine } from "../notify/render-machine.ts";

/** IAM actions on the topic. @public */
export const actions = ["sns:Publish"] as const;

/** Of one message: the texts of all protocols, escaped, and the attributes. */
const messageLimit = 262_144;

/**
 * Publishes a digest: plain text to people, JSON to machines (queues, functions, HTTPS). The attributes
 * are there for filter policies.
 */
export function snsNotifier(client: SNSClient, topicArn: string): Notifier {
  return {
    async publish(digest) {
      const { subject, body } = renderEmail(digest);
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subject,
          MessageStructure: "json",
          Message: fitting(digest, subject, body),
          MessageAttributes: attributes(digest),
        }),
      );
    },
  };
}

/** Escaping grows a text; the machines' share gives way, for people must be told whatever happens. */
function fitting(digest: Digest, subject: string, body: string): string {
  let told = digest;
  for (;;) {
    const message = JSON.stringify({ default: renderMachine(told), email: body, sms: subject });
    if (Buffer.byteLength(message) <= messageLimit - 4096) return message;
    if (told.alerts.length === 0 && told.rest.length === 0)
      return JSON.stringify({ default: subject, email: body, sms: subject });
    told = {
      ...told,
      alerts: told.alerts.slice(0, Math.floor(told.alerts.length / 2)),
      rest: told.rest.slice(0, Math.floor(told.rest.length / 2)),
    };
  }
}

function attributes(digest: Digest): Record<string, MessageAttributeValue> {
  const { severities, account, platforms, regions, transitions } = digest.attributes;
  const list = (values: readonly string[]): MessageAttributeValue => ({
    DataType: "String.Array",
    StringValue: JSON.stringify(values),
  });
  return {
    digest: { DataType: "String", StringValue: digest.id },
    kind: { DataType: "String", StringValue: digest.kind },
    // Lists: a filter on one value takes the message when any of its alerts has it.
    severity: list(severities),
    account: { DataType: "String", StringValue: account },
    platform: list(platforms),
    region: list(regions),
    transition: list(transitions),
  };
}
