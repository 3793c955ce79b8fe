import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { judgeSelf } from "../controls/self/judge-self.ts";
import type { WatchedTemplate } from "../controls/self/template.ts";
import type { FactsPort } from "../gather/port.ts";
import type { Log } from "../log.ts";
import type { ResolvedConfig } from "../model/config.ts";
import type { AccountIdentity } from "../model/facts.ts";
import type { SelfPorts } from "../watch/handle-self.ts";
import { transitionSettingsOf } from "../watch/settings-of.ts";
import { brisk } from "./client-settings.ts";
import { dynamoLedger } from "./dynamo-ledger.ts";
import { lambdaAsk, lambdaNudge } from "./lambda-ask.ts";
import { selfFacts } from "./self-facts.ts";

/** What the stack says of itself, from the function's environment. */
export interface SelfStack {
  readonly stack: string;
  readonly table: string;
  /** The function that tells. */
  readonly notify: string;
  readonly settleSeconds: number;
  readonly pauseSeconds: number;
}

/** What each invocation brings. */
type Run = Pick<SelfPorts, "owner" | "left" | "looked">;

/** Seconds; the function may run for 900. */
const longestSettling = 600;

/** The ports of a look at Rolecall itself: nothing of what it watches can be read through them. */
export function deployedSelf(
  config: ResolvedConfig,
  template: WatchedTemplate,
  parts: SelfStack,
): (identity: AccountIdentity, region: string, log: Log, run: Run) => SelfPorts {
  const ledger = dynamoLedger(new DynamoDBClient(brisk), parts.table);
  const look = selfFacts(template, ledger);
  return (identity, region, log, run) => ({
    facts: { ...blind, identity: async () => identity },
    ledger,
    // The run waits for it by itself: a queue could be what was taken away.
    later: { look: async () => {} },
    nudge: lambdaNudge(lambdaAsk(), parts.notify),
    log,
    judge: () => [],
    stillAsked: () => true,
    self: async (_scope, _causes, now) =>
      judgeSelf(await look({ identity, region, stack: parts.stack }, now), new Date(now), config.severities),
    now: () => new Date().toISOString(),
    settings: {
      ...transitionSettingsOf(config.alerts),
      // A run waits for it: it must fit into a run, looks included.
      settleSeconds: Math.min(parts.settleSeconds, longestSettling),
    },
    pauseSeconds: parts.pauseSeconds,
    // CloudFormation's names begin with the stack's; the table may be an earlier stack's.
    names: [`${parts.stack}-`, parts.table],
    sleep: (milliseconds) => sleep(milliseconds),
    ...run,
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
