import type { Context } from "aws-lambda";
import { deployedAudits } from "../../lib/aws/schedule-ports.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import type { Look } from "../../lib/watch/ports.ts";
import { config } from "./compiled-config.ts";
import { deployed, environment, identityOf, regionOf } from "./environment.ts";

export interface SchedulePorts {
  readonly config: ResolvedConfig;
  readonly account: string;
  readonly home: string;
  /** Asks for one run that takes these looks in turn. */
  readonly audit: (looks: readonly Look[]) => Promise<void>;
}

const ask = deployed(() => deployedAudits(environment("AUDIT_FUNCTION")));

/** What is watched, and where audits are asked for. */
export const schedulePorts = (context: Context): SchedulePorts => ({
  config,
  account: identityOf(context).account,
  home: regionOf(context),
  audit: ask(),
});
