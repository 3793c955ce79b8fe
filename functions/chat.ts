import { chatTopic } from "../lib/aws/chat-topic.ts";
import { readDigests } from "../lib/notify/read-digests.ts";
import { renderChatbot } from "../lib/notify/render-chatbot.ts";
import { deployed, environment } from "./ports/environment.ts";
import { serve } from "./serve.ts";

const publish = deployed(() => chatTopic(environment("CHAT_TOPIC")));

/**
 * Alerts to Amazon Q Developer: one message each, so that each finding has a thread of its own. A refusal is
 * thrown: Lambda tries twice more, and the same message in the same thread twice is better than none.
 */
export const handler = serve(async (input) => {
  let told = 0;
  for (const digest of readDigests(input)) {
    for (const message of renderChatbot(digest)) {
      await publish()(message);
      told += 1;
    }
  }
  return { told };
});
