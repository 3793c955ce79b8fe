import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Log } from "../log.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { AccountIdentity } from "../model/facts.ts";
import { evidenceDigest } from "../model/finding-id.ts";
import { portsOf } from "../watch/from-config.ts";
import type { WatchPorts } from "../watch/ports.ts";
import { transitionSettingsOf } from "../watch/settings-of.ts";
import { brisk } from "./client-settings.ts";
import { deployedConfig } from "./deployed-config.ts";
import { deployedFacts } from "./deployed-facts.ts";
import { dynamoLedger } from "./dynamo-ledger.ts";
import { lambdaAsk, lambdaNudge } from "./lambda-ask.ts";
import { sqsLater } from "./sqs-later.ts";

/** What the stack says of itself, from the function's environment. */
export interface WatchParts {
  readonly table: string;
  readonly changes: string;
  /** The function that tells. */
  readonly notify: string;
  readonly settleSeconds: number;
}

/** The deployed pipeline's ports, but for what each invocation brings: its identity, log and region. */
export function deployedWatch(
  compiled: ResolvedConfig,
  parts: WatchParts,
): (identity: AccountIdentity, log: Log, home: string) => Promise<WatchPorts> {
  const ledger = dynamoLedger(new DynamoDBClient(brisk), parts.table);
  const later = sqsLater(new SQSClient(brisk), parts.changes);
  const nudge = lambdaNudge(lambdaAsk(), parts.notify);
  const seeing = deployedFacts();
  const configAt = deployedConfig(compiled);
  // Of what was packaged, as it stands: a secret's value makes no other configuration.
  const judgedBy = evidenceDigest(JSON.stringify(compiled));
  return async (identity, log, home) => {
    const config = await configAt(Date.now(), log);
    return {
      facts: { identity: async () => identity, ...seeing },
      ledger,
      later,
      nudge,
      log,
      ...portsOf(config, home),
      judgedBy,
      now: () => new Date().toISOString(),
      settings: { ...transitionSettingsOf(config.alerts), settleSeconds: parts.settleSeconds },
    };
  };
}
