import type { Context } from "aws-lambda";
import { deployedWatch } from "../../lib/aws/watch-ports.ts";
import type { WatchPorts } from "../../lib/watch/ports.ts";
import { log } from "../telemetry.ts";
import { config } from "./compiled-config.ts";
import { deployed, environment, identityOf, regionOf } from "./environment.ts";

// Built while Lambda starts the function, when it has a whole processor.
const build = deployed(() =>
  deployedWatch(config, {
    table: environment("LEDGER_TABLE"),
    changes: environment("CHANGES_QUEUE"),
    notify: environment("NOTIFY_FUNCTION"),
    settleSeconds: Number(environment("SETTLE_SECONDS")),
  }),
);

/** The pipeline's ports: the stack's own, or locally a snapshot and a ledger in a file. */
export async function watchPorts(context: Context): Promise<WatchPorts> {
  if (process.env["IS_LOCAL"] === "true") return (await import("./local.ts")).localWatchPorts(config);
  return build()(identityOf(context), log, regionOf(context));
}
