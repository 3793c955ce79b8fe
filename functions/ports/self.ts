import { template } from "rolecall:stack";
import type { Context } from "aws-lambda";
import { deployedSelf } from "../../lib/aws/self-ports.ts";
import type { WatchedTemplate } from "../../lib/controls/self/template.ts";
import type { Scope } from "../../lib/model/scope.ts";
import type { SelfPorts } from "../../lib/watch/handle-self.ts";
import { log } from "../telemetry.ts";
import { config } from "./compiled-config.ts";
import { deployed, environment, identityOf, regionOf } from "./environment.ts";

// Built while Lambda starts the function, when it has a whole processor.
const build = deployed(() =>
  deployedSelf(config, JSON.parse(template) as WatchedTemplate, {
    stack: environment("STACK_NAME"),
    table: environment("LEDGER_TABLE"),
    notify: environment("NOTIFY_FUNCTION"),
    settleSeconds: Number(environment("SETTLE_SECONDS")),
    pauseSeconds: Number(environment("PAUSE_SECONDS")),
  }),
);

export interface SelfLook {
  readonly scope: Extract<Scope, { kind: "self" }>;
  readonly ports: SelfPorts;
}

/** There is nothing of the kind at a terminal: without a stack there is nothing to look at. */
export function selfPorts(context: Context, looked: SelfPorts["looked"]): SelfLook {
  const [identity, region] = [identityOf(context), regionOf(context)];
  const left = (): number => context.getRemainingTimeInMillis();
  return {
    scope: { kind: "self", account: identity.account, region },
    ports: build()(identity, region, log, { owner: context.awsRequestId, left, looked }),
  };
}
