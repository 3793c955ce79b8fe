import { handleChanges } from "../lib/watch/handle-changes.ts";
import { messagesOf } from "../lib/watch/messages.ts";
import { answerBatch, oldestOf, secondsSince } from "./batch.ts";
import { watchPorts } from "./ports/watch.ts";
import { serve } from "./serve.ts";
import { measure } from "./telemetry.ts";

/** Events and further looks, as a batch of the queue or one by itself. */
export const handler = serve(async (input, context) => {
  const messages = messagesOf(input);
  const outcome = await handleChanges(messages, await watchPorts(context));
  // A metric costs for each hour that it is written in.
  if (outcome.scopes.length > 0)
    measure({ Scopes: outcome.scopes.length, Lag: secondsSince(oldestOf(messages)) });
  return answerBatch(input, outcome.failed, outcome);
});
