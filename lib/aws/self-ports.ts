import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { judgeSelf } from "../controls/self/judge-self.ts";
import type { WatchedTemplate } from "../controls/self/template.ts";
import type { FactsPort } from "../gather/port.ts";
import type { Log } from "../log.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { AccountIdentity } from "../model/facts.ts";
import type { WatchPorts } from "../watch/ports.ts";
import { transitionSettingsOf } from "../watch/settings-of.ts";
import { brisk } from "./client-settings.ts";
import { dynamoLedger } from "./dynamo-ledger.ts";
import { selfFacts } from "./self-facts.ts";
import { sqsLater, sqsNudge } from "./sqs-later.ts";

/** What the stack says of itself, from the function's environment. */
export interface SelfStack {
  readonly stack: string;
  readonly table: string;
  readonly tampering: string;
  readonly nudges: string;
  readonly settleSeconds: number;
}

/** The ports of a look at Rolecall itself: nothing of what it watches can be read through them. */
export function deployedSelf(
  config: ResolvedConfig,
  template: WatchedTemplate,
  parts: SelfStack,
): (identity: AccountIdentity, region: string, log: Log) => WatchPorts {
  const sqs = new SQSClient(brisk);
  const ledger = dynamoLedger(new DynamoDBClient(brisk), parts.table);
  const look = selfFacts(template, ledger);
  return (identity, region, log) => ({
    facts: { ...blind, identity: async () => identity },
    ledger,
    later: sqsLater(sqs, parts.tampering),
    nudge: sqsNudge(sqs, parts.nudges),
    log,
    judge: () => [],
    stillAsked: () => true,
    self: async (_scope, _causes, now) =>
      judgeSelf(await look({ identity, region, stack: parts.stack }, now), new Date(now), config.severities),
    now: () => new Date().toISOString(),
    settings: { ...transitionSettingsOf(config.alerts), settleSeconds: parts.settleSeconds },
  });
}

const never = (): never => {
  throw new Error("a look at Rolecall itself reads nothing of the account");
};
const blind: Omit<FactsPort, "identity"> = {
  account: never,
  role: never,
  user: never,
  profile: never,
  region: never,
  rolesWithPolicy: never,
};
