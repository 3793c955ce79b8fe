import type { DocumentSource } from "../../model/facts.ts";
import { arnOf, type Deployed, resolveIntrinsics } from "./intrinsics.ts";
import type { PartKind, PartPolicy, PartProperties } from "./model.ts";
import type { TemplateResource, WatchedTemplate } from "./template.ts";

/** A part of the deployed stack, and what its template wants of it. */
export interface ExpectedPart {
  readonly kind: PartKind;
  readonly name: string;
  /** The name, URL, UUID or ARN that CloudFormation knows it by. */
  readonly physical: string;
  readonly arn: string;
  readonly properties: PartProperties;
}

export interface ExpectedSubscription {
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
}

export interface Expected {
  readonly parts: readonly ExpectedPart[];
  readonly subscriptions: readonly ExpectedSubscription[];
  /** Why a part cannot be held against anything: a reference that leads nowhere. */
  readonly unclear: readonly string[];
}

const kinds: Readonly<Record<string, PartKind>> = {
  "AWS::Events::Rule": "rule",
  "AWS::Scheduler::Schedule": "schedule",
  "AWS::SQS::Queue": "queue",
  "AWS::SNS::Topic": "topic",
  "AWS::IAM::Role": "role",
  "AWS::Lambda::EventSourceMapping": "reader",
  "AWS::Lambda::Function": "function",
  "AWS::CloudWatch::Alarm": "alarm",
  "AWS::Logs::LogGroup": "log",
  "AWS::DynamoDB::Table": "ledger",
};

/** What the account must hold, part by part, if the stack is as it was deployed. Pure. */
export function expectedParts({ resources }: WatchedTemplate, deployed: Deployed): Expected {
  const parts: ExpectedPart[] = [];
  const subscriptions: ExpectedSubscription[] = [];
  const unclear: string[] = [];
  const policies = policiesByOwner(resources);
  for (const [name, resource] of Object.entries(resources)) {
    try {
      const kind = kinds[resource.type];
      const properties = resolveIntrinsics(resource.properties, deployed) as Properties;
      if (resource.type === "AWS::SNS::Subscription") {
        const { TopicArn, Protocol, Endpoint } = properties;
        subscriptions.push({ topic: text(TopicArn), protocol: text(Protocol), endpoint: text(Endpoint) });
      }
      if (kind === undefined) continue;
      const physical = deployed.parts.get(name)?.physical;
      if (physical === undefined) throw new TypeError(`the stack has no part ${name}`);
      const document = resolveIntrinsics(policies.get(name), deployed) as DocumentSource | undefined;
      parts.push({
        kind,
        name,
        physical,
        arn: arnOf(resource.type, physical, deployed),
        properties: {
          settings: { ...settingsOf[kind](properties), ...codeOf(kind, name, physical, deployed) },
          policies: policiesOf(kind, properties, document),
        },
      });
    } catch (error) {
      unclear.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { parts, subscriptions, unclear };
}

/** What only the deployed stack says of a function: its code's digest, and where its log is. */
function codeOf(kind: PartKind, name: string, physical: string, { code }: Deployed): Settings {
  if (kind !== "function") return {};
  const digest = code.get(name);
  if (digest === undefined) throw new TypeError(`the stack does not say which code ${name} has`);
  return { code: digest, log: `Text /aws/lambda/${physical}` };
}

type Properties = Readonly<Record<string, unknown>>;
type Settings = Readonly<Record<string, unknown>>;

const text = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
const record = (value: unknown): Properties =>
  typeof value === "object" && value !== null ? (value as Properties) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** In the words that the adapter reads the account in. */
const settingsOf: Readonly<Record<PartKind, (properties: Properties) => Settings>> = {
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

function policiesOf(
  kind: PartKind,
  properties: Properties,
  document: DocumentSource | undefined,
): Readonly<Record<string, PartPolicy>> {
  if (kind === "role") {
    const inline = list(properties["Policies"]).map((policy) => record(record(policy)["PolicyDocument"]));
    return {
      trust: { kind: "trust", documents: [record(properties["AssumeRolePolicyDocument"])] },
      permissions: { kind: "identity", documents: inline },
    };
  }
  return document === undefined ? {} : { policy: { kind: "resource", documents: [document] } };
}

/** Policies of queues, topics and functions are resources of their own, that name their owners. */
function policiesByOwner(resources: WatchedTemplate["resources"]): ReadonlyMap<string, unknown> {
  const owned = ({ type, properties }: TemplateResource): readonly (readonly [string, unknown])[] => {
    const owners =
      type === "AWS::SQS::QueuePolicy"
        ? properties["Queues"]
        : type === "AWS::SNS::TopicPolicy"
          ? properties["Topics"]
          : [];
    return list(owners).map((owner) => [text(record(owner)["Ref"]), properties["PolicyDocument"]] as const);
  };
  const calls = new Map<string, unknown[]>();
  for (const { type, properties } of Object.values(resources)) {
    if (type !== "AWS::Lambda::Permission") continue;
    const owner = ownerOf(properties["FunctionName"]);
    calls.set(owner, [...(calls.get(owner) ?? []), permitted(properties)]);
  }
  const functions = [...calls].map(
    ([owner, Statement]) => [owner, { Version: "2012-10-17", Statement }] as const,
  );
  return new Map([...Object.values(resources).flatMap(owned), ...functions]);
}

/** The logical id that a reference leads to, whichever way it is written. */
function ownerOf(reference: unknown): string {
  const { Ref, "Fn::GetAtt": attribute } = record(reference);
  return text(Ref ?? (Array.isArray(attribute) ? attribute[0] : text(attribute).split(".")[0]));
}

/** The statement that Lambda makes of a permission. */
const permitted = ({ FunctionName, Action, Principal, SourceArn, SourceAccount }: Properties): unknown => ({
  Effect: "Allow",
  Principal: { Service: Principal },
  Action,
  Resource: { "Fn::GetAtt": [ownerOf(FunctionName), "Arn"] },
  Condition: {
    ...(SourceAccount === undefined ? {} : { StringEquals: { "AWS:SourceAccount": SourceAccount } }),
    ...(SourceArn === undefined ? {} : { ArnLike: { "AWS:SourceArn": SourceArn } }),
  },
});
