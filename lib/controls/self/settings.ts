import type { PartKind } from "./model.ts";

export type Properties = Readonly<Record<string, unknown>>;
export type Settings = Readonly<Record<string, unknown>>;

export const text = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
export const record = (value: unknown): Properties =>
  typeof value === "object" && value !== null ? (value as Properties) : {};
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What a template sets of a part and can silence it, in the words that the adapter reads the account in. */
export const settingsOf: Readonly<Record<PartKind, (properties: Properties) => Settings>> = {
  rule: ({ State, EventPattern, Targets }) => ({
    state: State ?? "ENABLED",
    pattern: EventPattern,
    targets: list(Targets)
      .map((target) => {
        const { Arn, DeadLetterConfig, RetryPolicy } = record(target);
        const undelivered = text(record(DeadLetterConfig)["Arn"]);
        return { arn: text(Arn), undelivered, input: inputOf(record(target)), ...triesOf(RetryPolicy) };
      })
      .toSorted((a, b) => (a.arn < b.arn ? -1 : 1)),
  }),
  schedule: ({ State, ScheduleExpression, Target }) => ({
    state: State ?? "ENABLED",
    expression: text(ScheduleExpression),
    limits: "",
    undelivered: text(record(record(Target)["DeadLetterConfig"])["Arn"]),
    target: text(record(Target)["Arn"]),
    role: text(record(Target)["RoleArn"]),
    input: text(record(Target)["Input"]),
  }),
  queue: ({
    DelaySeconds,
    VisibilityTimeout,
    MessageRetentionPeriod,
    SqsManagedSseEnabled,
    RedrivePolicy,
    RedriveAllowPolicy,
    MaximumMessageSize,
  }) => ({
    delay: Number(DelaySeconds ?? 0),
    hidden: Number(VisibilityTimeout ?? 30),
    kept: Number(MessageRetentionPeriod ?? 345_600),
    encrypted: SqsManagedSseEnabled === true,
    undelivered: text(record(RedrivePolicy)["deadLetterTargetArn"]),
    attempts: Number(record(RedrivePolicy)["maxReceiveCount"] ?? 0),
    takes: takesOf(MaximumMessageSize),
    takesBack: text(record(RedriveAllowPolicy)["redrivePermission"] ?? "allowAll"),
  }),
  topic: ({ KmsMasterKeyId }) => ({ key: text(KmsMasterKeyId) }),
  role: ({ ManagedPolicyArns, PermissionsBoundary }) => ({
    attached: list(ManagedPolicyArns).map(text).toSorted(),
    boundary: text(PermissionsBoundary),
  }),
  reader: ({ Enabled, BatchSize, EventSourceArn, FunctionName, FunctionResponseTypes, FilterCriteria }) => ({
    enabled: Enabled !== false,
    batch: Number(BatchSize ?? 10),
    source: text(EventSourceArn),
    feeds: text(FunctionName),
    answers: list(FunctionResponseTypes).map(text).toSorted(),
    filters: list(record(FilterCriteria)["Filters"])
      .map((filter) => text(record(filter)["Pattern"]))
      .toSorted(),
  }),
  function: ({
    Role,
    Handler,
    Runtime,
    Layers,
    Timeout,
    MemorySize,
    Environment,
    ReservedConcurrentExecutions,
    OnFailure,
    Retries,
    EventAge,
  }) => ({
    role: text(Role),
    handler: text(Handler),
    runtime: text(Runtime),
    layers: list(Layers).map(text),
    network: [],
    key: "",
    undelivered: text(OnFailure),
    retries: Number(Retries ?? 2),
    eventAge: Number(EventAge ?? 21_600),
    timeout: Number(Timeout ?? 3),
    memory: Number(MemorySize ?? 128),
    reserved: ReservedConcurrentExecutions === undefined ? "none" : Number(ReservedConcurrentExecutions),
    environment: Object.fromEntries(
      Object.entries(record(record(Environment)["Variables"])).map(([key, value]) => [key, text(value)]),
    ),
  }),
  alarm: (properties) => ({
    acts: properties["ActionsEnabled"] !== false,
    tells: list(properties["AlarmActions"]).map(text).toSorted(),
    metric: `${text(properties["Namespace"])} ${text(properties["MetricName"])}`,
    when: `${text(properties["ComparisonOperator"])} ${Number(properties["Threshold"])}`,
    of: dimensionsOf(properties["Dimensions"]),
    counts: countsOf(properties),
    periods: periodsOf(properties),
    math: list(properties["Metrics"]).length,
    muted: 0,
    missing: text(properties["TreatMissingData"] ?? "missing"),
  }),
  log: ({ KmsKeyId, LogGroupClass }) => ({ key: text(KmsKeyId), class: text(LogGroupClass ?? "STANDARD") }),
  ledger: () => ({ state: "ACTIVE" }),
};

/** What of a rule's event its target is given; empty: all of it. */
export function inputOf({ Input, InputPath, InputTransformer }: Properties): string {
  return [Input, InputPath, InputTransformer].map(text).join("");
}

/** How long EventBridge tries: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
export function triesOf(policy: unknown): { readonly tries: number; readonly age: number } {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = record(policy);
  return { tries: Number(MaximumRetryAttempts ?? 185), age: Number(MaximumEventAgeInSeconds ?? 86_400) };
}

/** EventBridge's events have up to 256 KB; a queue that takes less drops them. */
export const takesOf = (bytes: unknown): string =>
  Number(bytes ?? 262_144) >= 262_144 ? "whole events" : `${Number(bytes)} bytes`;

export const dimensionsOf = (dimensions: unknown): readonly string[] =>
  list(dimensions)
    .map((dimension) => `${text(record(dimension)["Name"])}=${text(record(dimension)["Value"])}`)
    .toSorted();

export const countsOf = ({ Statistic, Period }: Properties): string =>
  `${text(Statistic)} of ${Number(Period ?? 0)} s`;

export const periodsOf = ({ EvaluationPeriods, DatapointsToAlarm }: Properties): string =>
  `${Number(DatapointsToAlarm ?? EvaluationPeriods)} of ${Number(EvaluationPeriods)}`;
