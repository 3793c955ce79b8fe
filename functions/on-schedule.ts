import { scopeKey } from "../lib/model/scope.ts";
import { scheduledScopes } from "../lib/watch/handle-audit.ts";
import { schedulePorts } from "./ports/schedule.ts";
import { serve } from "./serve.ts";
import { log } from "./telemetry.ts";

/** The schedule's tick: a look at everything that is watched, each scope a message of its own. */
export const handler = serve(async (_input, context) => {
  const { config, account, home, audits } = await schedulePorts(context);
  const scopes = scheduledScopes(config, account, home);
  for (const scope of scopes) {
    await audits.look({ rolecall: "look", version: 1, scope, why: "audit" }, 0);
    log.info("look scheduled", { scope: scopeKey(scope), why: "audit" });
  }
  return { scopes: scopes.map(scopeKey) };
});
