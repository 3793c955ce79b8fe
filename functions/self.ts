import { handleSelf } from "../lib/watch/handle-self.ts";
import { messagesOf } from "../lib/watch/messages.ts";
import { answerBatch } from "./batch.ts";
import { selfPorts } from "./ports/self.ts";
import { serve } from "./serve.ts";
import { measure } from "./telemetry.ts";

/**
 * A look at Rolecall itself. It has a queue, a schedule and a role of its own: whatever silences those that
 * judge the account does not silence it, and its alarm needs no function at all.
 */
export const handler = serve(async (input, context) => {
  const { scope, ports } = selfPorts(context);
  const { results, alerts, why } = await handleSelf(messagesOf(input), scope, ports);
  const told = results.filter(({ verdict }) => verdict === "failed" || verdict === "undecided");
  measure({ SelfFailed: told.length });
  return answerBatch(input, [], {
    why,
    alerts,
    results: results.length,
    failed: told.map(({ detail }) => detail),
  });
});
