import type { Result } from "../lib/model/result.ts";
import { handleSelf } from "../lib/watch/handle-self.ts";
import { selfPorts } from "./ports/self.ts";
import { serve } from "./serve.ts";
import { measure, telemetry } from "./telemetry.ts";

const told = (results: readonly Result[]): readonly Result[] =>
  results.filter(({ verdict }) => verdict === "failed" || verdict === "undecided");

/**
 * A look at Rolecall itself. It has rules, a schedule and a role of its own, and no queue: whatever silences
 * those that judge the account does not silence it, and its alarm needs no other function.
 */
export const handler = serve(async (input, context) => {
  const { scope, ports } = selfPorts(context, (results) => {
    measure({ SelfFailed: told(results).length });
    // The run may wait for minutes: the alarm must not.
    telemetry.end();
  });
  const { results, ...outcome } = await handleSelf(input, scope, ports);
  return { ...outcome, results: results.length, failed: told(results).map(({ detail }) => detail) };
});
