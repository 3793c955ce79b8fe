import type { Context } from "aws-lambda";
import { deployedAudit } from "../../lib/aws/audit-ports.ts";
import { keepOnly } from "../../lib/config/keep-only.ts";
import type { FactsPort } from "../../lib/gather/port.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import type { Facts } from "../../lib/model/facts.ts";
import type { Store } from "../answer.ts";
import { readAuditRequest } from "../audit-request.ts";
import { log } from "../telemetry.ts";
import { config as whole } from "./compiled-config.ts";
import { deployed, environment, identityOf, regionOf } from "./environment.ts";

export interface AuditPorts {
  readonly facts: FactsPort;
  readonly source: Facts["source"];
  readonly config: ResolvedConfig;
  readonly regions: readonly string[];
  readonly store: Store;
}

// Built while Lambda starts the function, when it has a whole processor.
const build = deployed(() => deployedAudit(whole, environment("REPORTS_BUCKET")));

/** What is asked for, and where it is seen and put. */
export async function auditPorts(context: Context, input: unknown): Promise<AuditPorts> {
  const request = readAuditRequest(input, whole);
  const regions = regionsOf(whole, request.regions, regionOf(context));
  if (process.env["IS_LOCAL"] === "true") {
    const { localFacts, localConfig } = await import("./local.ts");
    const store: Store = async () => "";
    return {
      facts: localFacts(),
      source: "snapshot",
      config: keepOnly(localConfig(whole), request),
      regions,
      store,
    };
  }
  const { facts, config, store } = await build()(identityOf(context), log);
  return { facts, source: "live", config: keepOnly(config, request), regions, store };
}

/** Where clusters are looked for: where they are said to be; one that may be anywhere, in the stack's own region. */
function regionsOf(config: ResolvedConfig, asked: readonly string[], home: string): readonly string[] {
  if (asked.length > 0) return asked;
  return [...new Set(config.clusters.map(({ region }) => (region === "*" ? home : region)))].toSorted();
}
