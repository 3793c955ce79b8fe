import { compiled } from "rolecall:config";
import type { Context } from "aws-lambda";
import { deployedAudits } from "../../lib/aws/schedule-ports.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import type { Later } from "../../lib/watch/ports.ts";
import { log } from "../telemetry.ts";
import { environment, identityOf, regionOf } from "./environment.ts";

export interface SchedulePorts {
  readonly config: ResolvedConfig;
  readonly account: string;
  readonly home: string;
  readonly audits: Later;
}

let audits: Later | undefined;

/** What is watched, and where audits are asked for. */
export async function schedulePorts(context: Context): Promise<SchedulePorts> {
  const config = JSON.parse(compiled) as ResolvedConfig;
  audits ??=
    process.env["IS_LOCAL"] === "true"
      ? (await import("./local.ts")).printedLooks(log)
      : deployedAudits(environment("AUDITS_QUEUE"));
  return { config, account: identityOf(context).account, home: regionOf(context), audits };
}
