import type { Context } from "aws-lambda";
import { deployedAudits } from "../../lib/aws/schedule-ports.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import type { Later } from "../../lib/watch/ports.ts";
import { log } from "../telemetry.ts";
import { config } from "./compiled-config.ts";
import { deployed, environment, identityOf, regionOf } from "./environment.ts";

export interface SchedulePorts {
  readonly config: ResolvedConfig;
  readonly account: string;
  readonly home: string;
  readonly audits: Later;
}

const deployedLater = deployed(() => deployedAudits(environment("AUDITS_QUEUE")));

/** What is watched, and where audits are asked for. */
export async function schedulePorts(context: Context): Promise<SchedulePorts> {
  const audits =
    process.env["IS_LOCAL"] === "true" ? (await import("./local.ts")).printedLooks(log) : deployedLater();
  return { config, account: identityOf(context).account, home: regionOf(context), audits };
}
