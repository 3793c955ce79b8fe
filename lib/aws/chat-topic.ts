import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { ChatbotMessage } from "../notify/render-chatbot.ts";
import { brisk } from "./client-settings.ts";

/** IAM actions on the topic. @public */
export const actions = ["sns:Publish"] as const;

/** Publishes a message in the one form that Amazon Q Developer in chat applications takes. */
export function chatTopic(topicArn: string): (message: ChatbotMessage) => Promise<void> {
  const client = new SNSClient(brisk);
  return async (message) => {
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: JSON.stringify(message) }));
  };
}
