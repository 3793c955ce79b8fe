import type { FactsPort } from "../gather/port.ts";
import type { Log } from "../log.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { AccountIdentity } from "../model/facts.ts";
import type { Report } from "../model/report.ts";
import { brisk } from "./client-settings.ts";
import { deployedConfig } from "./deployed-config.ts";
import { deployedFacts } from "./deployed-facts.ts";

export interface DeployedAudit {
  readonly facts: FactsPort;
  readonly config: ResolvedConfig;
  /** Puts a report into the stack's bucket; returns its address. */
  readonly store: (report: Report, text: string) => Promise<string>;
}

/** What an audit on demand sees with, and where it leaves what is too large to answer. */
export function deployedAudit(
  compiled: ResolvedConfig,
  bucket: string,
): (identity: AccountIdentity, log: Log) => Promise<DeployedAudit> {
  const seeing = deployedFacts();
  const configAt = deployedConfig(compiled);
  return async (identity, log) => ({
    facts: { identity: async () => identity, ...seeing },
    config: await configAt(Date.now(), log),
    store: async ({ account, at }, text) => {
      // Loaded only when a report is too large.
      const { S3Client, storeReport } = await import("./s3-reports.ts");
      return storeReport(new S3Client(brisk), bucket, `${account}/${at}.json`, text);
    },
  });
}
