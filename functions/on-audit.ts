import { handleAudit } from "../lib/watch/handle-audit.ts";
import { messagesOf, readLook } from "../lib/watch/messages.ts";
import { answerBatch } from "./batch.ts";
import { watchPorts } from "./ports/watch.ts";
import { serve } from "./serve.ts";
import { log, measure } from "./telemetry.ts";

/** Scheduled looks: gathered whole, judged, remembered, and reminded of what still stands. */
export const handler = serve(async (input, context) => {
  const ports = await watchPorts(context);
  const failed: string[] = [];
  const judged: string[] = [];
  for (const { id, body } of messagesOf(input)) {
    const look = readLook(body);
    if (look === undefined) {
      log.warn("message malformed", { messageId: id });
      failed.push(id);
      continue;
    }
    try {
      const { results, unseen } = await handleAudit(look.scope, ports);
      const count = (verdict: string): number =>
        results.filter((result) => result.verdict === verdict).length;
      measure({ Failed: count("failed"), Unavailable: count("unavailable") });
      // The heartbeat: an account that could not be read was not audited.
      if (look.scope.kind === "account" && unseen === undefined) measure({ AuditFinished: 1 });
      judged.push(id);
    } catch (error) {
      log.error("scope failed", { messageId: id, reason: String(error) });
      failed.push(id);
    }
  }
  return answerBatch(input, failed, { failed, judged });
});
