import { chatTopic } from "../lib/aws/chat-topic.ts";
import { readDigests } from "../lib/notify/read-digests.ts";
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
    for (const alert of digest.alerts) {
      await publish()(alert);
      told += 1;
    }
  }
  return { told };
});
