import { compiled } from "rolecall:config";
import type { Context } from "aws-lambda";
import { type DeployedFlush, deployedFlush } from "../../lib/aws/flush-ports.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import { log } from "../telemetry.ts";
import { deployed, environment } from "./environment.ts";

// Built while Lambda starts the function, when it has a whole processor.
const build = deployed(() =>
  deployedFlush({
    table: environment("LEDGER_TABLE"),
    topic: environment("ALERTS_TOPIC"),
    nudges: environment("NUDGES_QUEUE"),
    collectSeconds: Number(environment("COLLECT_SECONDS")),
    alerts: (JSON.parse(compiled) as ResolvedConfig).alerts,
  }),
);

/** What the flusher tells from and to. */
export async function flushPorts(context: Context): Promise<DeployedFlush> {
  if (process.env["IS_LOCAL"] === "true")
    return { ...(await import("./local.ts")).localFlushPorts(), again: async () => {} };
  return build()(context.awsRequestId, log);
}
