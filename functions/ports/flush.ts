import { compiled } from "rolecall:config";
import type { Context } from "aws-lambda";
import { deployedFlush } from "../../lib/aws/flush-ports.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import type { FlushPorts } from "../../lib/notify/flush.ts";
import { log } from "../telemetry.ts";
import { deployed, environment } from "./environment.ts";

// Built while Lambda starts the function, when it has a whole processor.
const build = deployed(() =>
  deployedFlush({
    table: environment("LEDGER_TABLE"),
    topic: environment("ALERTS_TOPIC"),
    collectSeconds: Number(environment("COLLECT_SECONDS")),
    alerts: (JSON.parse(compiled) as ResolvedConfig).alerts,
  }),
);

/** What the flusher tells from and to. */
export async function flushPorts(context: Context): Promise<FlushPorts> {
  if (process.env["IS_LOCAL"] === "true") return (await import("./local.ts")).localFlushPorts();
  const left = (): number => context.getRemainingTimeInMillis();
  return build()({ owner: context.awsRequestId, left }, log);
}
