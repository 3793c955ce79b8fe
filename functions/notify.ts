import { flush } from "../lib/notify/flush.ts";
import { flushPorts } from "./ports/flush.ts";
import { serve } from "./serve.ts";
import { measure } from "./telemetry.ts";

/** The one that tells. Nudged or swept, it does the same: whoever holds the lease tells all that waits. */
export const handler = serve(async (_input, context) => {
  const flushed = await flush(await flushPorts(context));
  if (flushed.held > 0) measure({ Pending: flushed.held });
  // An alarm counts this function's errors; the sweep tries again.
  if (flushed.outcome === "refused")
    throw new Error(
      `SNS refused: ${flushed.held} alerts stay in the ledger; the lines \`digest refused\` say why`,
    );
  return flushed;
});
