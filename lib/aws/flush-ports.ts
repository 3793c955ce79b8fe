import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SNSClient } from "@aws-sdk/client-sns";
import type { Log } from "../log.ts";
import type { AlertSettings } from "../model/config.ts";
import type { FlushPorts } from "../notify/flush.ts";
import { notifySettingsOf } from "../watch/settings-of.ts";
import { brisk, prompt } from "./client-settings.ts";
import { dynamoLedger } from "./dynamo-ledger.ts";
import { snsNotifier } from "./sns-notifier.ts";

export interface FlushParts {
  readonly table: string;
  readonly topic: string;
  readonly collectSeconds: number;
  /** The configuration's `alerts`. */
  readonly alerts: AlertSettings | undefined;
}

/** The deployed flusher's ports, but for what each invocation brings. */
export type DeployedFlush = (run: Pick<FlushPorts, "owner" | "left">, log: Log) => FlushPorts;

export function deployedFlush(parts: FlushParts): DeployedFlush {
  const ledger = dynamoLedger(new DynamoDBClient(brisk), parts.table);
  const notifier = snsNotifier(new SNSClient(prompt), parts.topic);
  const settings = { ...notifySettingsOf(parts.alerts), collectSeconds: parts.collectSeconds };
  return (run, log) => ({
    ledger,
    notifier,
    log,
    settings,
    now: () => new Date().toISOString(),
    sleep: (milliseconds) => sleep(milliseconds),
    ...run,
  });
}
