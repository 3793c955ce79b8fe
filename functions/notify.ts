import { flush } from "../lib/notify/flush.ts";
import { messagesOf } from "../lib/watch/messages.ts";
import { answerBatch, secondsUntil } from "./batch.ts";
import { flushPorts } from "./ports/flush.ts";
import { serve } from "./serve.ts";
import { measure } from "./telemetry.ts";

/** The schedule's pace, in stack/schedules.yml. */
const sweepSeconds = 60;

/** The one that tells. Nudged or swept, it does the same: whoever holds the lease tells all that waits. */
export const handler = serve(async (input, context) => {
  const { again, ...ports } = await flushPorts(context);
  const flushed = await flush(ports);
  // What is held for longer than the sweep's minute (quiet hours) is the sweep's to find.
  const wait = flushed.heldUntil === undefined ? undefined : secondsUntil(flushed.heldUntil);
  if (wait !== undefined && wait < sweepSeconds) await again(wait);
  const refused = flushed.outcome === "refused";
  measure({ Pending: flushed.held, DigestsRefused: refused ? 1 : 0 });
  // A nudge whose alerts were refused comes again; the sweep would find them as well.
  return answerBatch(input, refused ? messagesOf(input).map(({ id }) => id) : [], flushed);
});
