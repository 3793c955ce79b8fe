import type { EventRow } from "./row.ts";

/**
 * Calls that can silence Rolecall: its trail, rules, queues, topic, ledger, functions, alarms and logs. They lead to
 * the self scope, where it is read whether the parts are as deployed; whether it was one of them is asked there.
 */
const tampering: Readonly<Record<string, readonly string[]>> = {
  cloudtrail: ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"],
  events: ["DeleteRule", "DisableRule", "PutRule", "RemoveTargets", "PutTargets"],
  scheduler: ["DeleteSchedule", "UpdateSchedule"],
  sqs: ["DeleteQueue", "SetQueueAttributes", "PurgeQueue", "AddPermission", "RemovePermission"],
  sns: [
    "DeleteTopic",
    "Unsubscribe",
    "SetTopicAttributes",
    "SetSubscriptionAttributes",
    "AddPermission",
    "RemovePermission",
  ],
  dynamodb: ["DeleteTable", "UpdateTable", "PutResourcePolicy"],
  monitoring: ["DeleteAlarms", "DisableAlarmActions", "PutMetricAlarm", "SetAlarmState", "PutAlarmMuteRule"],
  logs: ["DeleteLogGroup", "AssociateKmsKey"],
};

/** Lambda appends API versions: `UpdateFunctionCode20150331v2`. */
const tamperingWithFunctions = [
  "DeleteFunction",
  "UpdateFunctionCode",
  "UpdateFunctionConfiguration",
  "PutFunctionConcurrency",
  "DeleteEventSourceMapping",
  "UpdateEventSourceMapping",
  "PutFunctionEventInvokeConfig",
  "UpdateFunctionEventInvokeConfig",
  "DeleteFunctionEventInvokeConfig",
  "AddPermission",
  "RemovePermission",
] as const;

const self = (service: string, name: string): EventRow => ({
  service,
  name,
  otherwise: "self",
  targets: () => [],
});

export const selfRows: readonly EventRow[] = [
  ...Object.entries(tampering).flatMap(([service, names]) => names.map((name) => self(service, name))),
  ...tamperingWithFunctions.map((name): EventRow => ({ ...self("lambda", name), dated: true })),
];
