import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Log } from "../log.ts";
import type { AlertSettings } from "../model/config.ts";
import type { FlushPorts } from "../notify/flush.ts";
import { notifySettingsOf } from "../watch/settings-of.ts";
import { brisk } from "./client-settings.ts";
import { dynamoLedger } from "./dynamo-ledger.ts";
import { snsNotifier } from "./sns-notifier.ts";
import { sqsNudge } from "./sqs-later.ts";

export interface FlushParts {
  readonly table: string;
  readonly topic: string;
  readonly nudges: string;
  readonly collectSeconds: number;
  /** The configuration's `alerts`. */
  readonly alerts: AlertSettings | undefined;
}

export interface DeployedFlush extends FlushPorts {
  /** Flushes again after so many seconds. */
  readonly again: (seconds: number) => Promise<void>;
}

/** The deployed flusher's ports; `owner` is the invocation's own id. */
export function deployedFlush(parts: FlushParts): (owner: string, log: Log) => DeployedFlush {
  const ledger = dynamoLedger(new DynamoDBClient(brisk), parts.table);
  const notifier = snsNotifier(new SNSClient(brisk), parts.topic);
  const nudge = sqsNudge(new SQSClient(brisk), parts.nudges);
  const settings = { ...notifySettingsOf(parts.alerts), collectSeconds: parts.collectSeconds };
  return (owner, log) => ({
    ledger,
    notifier,
    log,
    settings,
    now: () => new Date().toISOString(),
    owner,
    again: (seconds) => nudge.after(seconds),
  });
}
