import { scopeKey } from "../lib/model/scope.ts";
import { scheduledScopes } from "../lib/watch/handle-audit.ts";
import type { Look } from "../lib/watch/ports.ts";
import { schedulePorts } from "./ports/schedule.ts";
import { serve } from "./serve.ts";
import { log } from "./telemetry.ts";

/**
 * The schedule's tick: a look at everything that is watched. The account is one run, the regions in turn are
 * another: two at once is what IAM's limits, which are the whole account's, are asked to bear.
 */
export const handler = serve(async (_input, context) => {
  const { config, account, home, audit } = schedulePorts(context);
  const looks = scheduledScopes(config, account, home).map(
    (scope): Look => ({ rolecall: "look", version: 1, scope, why: "audit" }),
  );
  for (const run of [looks.slice(0, 1), looks.slice(1)]) {
    if (run.length === 0) continue;
    await audit(run);
    for (const { scope } of run) log.info("look scheduled", { scope: scopeKey(scope), why: "audit" });
  }
  return { scopes: looks.map(({ scope }) => scopeKey(scope)) };
});
