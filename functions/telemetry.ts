import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import type { Log } from "../lib/log.ts";

const logger = new Logger({ serviceName: "rolecall" });
const metrics = new Metrics({
  namespace: "Rolecall",
  serviceName: "rolecall",
  defaultDimensions: { stage: process.env["ROLECALL_STAGE"] ?? "local" },
});

/** One line of JSON per message: what comes from an account is a field's value, so it can forge no line. */
export const log: Log = {
  info: (message, fields) => logger.info(message, { ...fields }),
  warn: (message, fields) => logger.warn(message, { ...fields }),
  error: (message, fields) => logger.error(message, { ...fields }),
};

/** Each costs for every hour that it is written in: a zero is written only where an alarm needs it. */
const units = {
  /** Seconds from the oldest change of a batch to its judgement, the configured delay included. */
  Lag: MetricUnit.Seconds,
  /** Roles, clusters and profiles that a batch of changes made us look at. */
  Scopes: MetricUnit.Count,
  /** Alerts that wait to be told. */
  Pending: MetricUnit.Count,
  /** Of an audit: the heartbeat, and how its results stand. */
  AuditFinished: MetricUnit.Count,
  Failed: MetricUnit.Count,
  Unavailable: MetricUnit.Count,
  /** What is wrong with Rolecall itself. */
  SelfFailed: MetricUnit.Count,
} as const;

export function measure(values: Partial<Readonly<Record<keyof typeof units, number>>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isFinite(value)) metrics.addMetric(name, units[name as keyof typeof units], value);
  }
}

/** For `serve`: names the request in every line, and writes the metrics in CloudWatch's embedded format. */
export const telemetry = {
  begin: (context: Context): void => {
    logger.addContext(context);
  },
  end: (): void => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  },
};
