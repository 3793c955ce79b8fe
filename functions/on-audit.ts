import { scopeKey } from "../lib/model/scope.ts";
import { handleAudit } from "../lib/watch/handle-audit.ts";
import { looksOf } from "../lib/watch/messages.ts";
import { watchPorts } from "./ports/watch.ts";
import { serve } from "./serve.ts";
import { log, measure } from "./telemetry.ts";

/** Scheduled looks: gathered whole, judged, remembered, and reminded of what still stands. */
export const handler = serve(async (input, context) => {
  const looks = looksOf(input);
  const ports = await watchPorts(context);
  const failed: string[] = [];
  const judged: string[] = [];
  for (const { scope } of looks) {
    try {
      const { results, unseen } = await handleAudit(scope, ports);
      const count = (verdict: string): number =>
        results.filter((result) => result.verdict === verdict).length;
      measure({ Failed: count("failed"), Unavailable: count("unavailable") });
      // The heartbeat: an account that could not be read was not audited.
      if (scope.kind === "account" && unseen === undefined) measure({ AuditFinished: 1 });
      judged.push(scopeKey(scope));
    } catch (error) {
      log.error("scope failed", { scope: scopeKey(scope), reason: String(error) });
      failed.push(scopeKey(scope));
    }
  }
  // Lambda asks twice more; then it lies in the dead-letter queue.
  if (failed.length > 0) throw new Error(`not audited: ${failed.join(", ")}`);
  return { judged };
});
