import { compiled } from "rolecall:config";
import type { Context } from "aws-lambda";
import { deployedWatch } from "../../lib/aws/watch-ports.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import type { WatchPorts } from "../../lib/watch/ports.ts";
import { log } from "../telemetry.ts";
import { environment, identityOf } from "./environment.ts";

let build: ReturnType<typeof deployedWatch> | undefined;

/** The pipeline's ports: the stack's own, or locally a snapshot and a ledger in a file. */
export async function watchPorts(context: Context): Promise<WatchPorts> {
  const config = JSON.parse(compiled) as ResolvedConfig;
  if (process.env["IS_LOCAL"] === "true") return (await import("./local.ts")).localWatchPorts(config);
  build ??= deployedWatch(config, {
    table: environment("LEDGER_TABLE"),
    changes: environment("CHANGES_QUEUE"),
    nudges: environment("NUDGES_QUEUE"),
    settleSeconds: Number(environment("SETTLE_SECONDS")),
  });
  return build(identityOf(context), log);
}
