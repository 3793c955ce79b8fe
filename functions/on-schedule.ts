import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { scheduledScopes } from "../lib/watch/handle-audit.ts";
import { scopeKey } from "../lib/model/scope.ts";
import { schedulePorts } from "./ports.ts";
import { log, observed } from "./telemetry.ts";

/** The schedule's tick: a look at everything that is watched, each scope a message of its own. */
export const handler = middy<unknown, unknown, Error, Context>(async (_input, context) => {
  const { config, account, home, audits } = await schedulePorts(context);
  const scopes = scheduledScopes(config, account, home);
  for (const scope of scopes) {
    await audits.look({ rolecall: "look", version: 1, scope, why: "audit" }, 0);
    log.info("look scheduled", { scope: scopeKey(scope), why: "audit" });
  }
  return { scopes: scopes.map(scopeKey) };
}).use(observed);
