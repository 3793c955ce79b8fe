import type { WatchPorts } from "./ports.ts";

/** After a look that left alerts. Best effort: the sweep finds them as well, so a failure fails no judging. */
export async function nudgeFor(alerts: number, { nudge, log }: WatchPorts): Promise<void> {
  if (alerts === 0) return;
  try {
    await nudge.nudge();
  } catch (error) {
    log.warn("nudge failed", { reason: String(error) });
  }
}
