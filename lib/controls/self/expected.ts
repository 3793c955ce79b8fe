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
          settings: settingsOf[kind](properties),
          policies: policiesOf(kind, properties, document),
        },
      });
    } catch (error) {
      unclear.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { parts, subscriptions, unclear };
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
        const { Arn, DeadLetterConfig } = record(target);
        return { arn: text(Arn), undelivered: text(record(DeadLetterConfig)["Arn"]) };
      })
      .toSorted((a, b) => (a.arn < b.arn ? -1 : 1)),
  }),
  schedule: ({ State, ScheduleExpression, Target }) => ({
    state: State ?? "ENABLED",
    expression: text(ScheduleExpression),
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
  }) => ({
    delay: Number(DelaySeconds ?? 0),
    hidden: Number(VisibilityTimeout ?? 30),
    kept: Number(MessageRetentionPeriod ?? 345_600),
    encrypted: SqsManagedSseEnabled === true,
    undelivered: text(record(RedrivePolicy)["deadLetterTargetArn"]),
    attempts: Number(record(RedrivePolicy)["maxReceiveCount"] ?? 0),
  }),
  topic: ({ KmsMasterKeyId }) => ({ key: text(KmsMasterKeyId) }),
  role: ({ ManagedPolicyArns, PermissionsBoundary }) => ({
    attached: list(ManagedPolicyArns).map(text).toSorted(),
    boundary: text(PermissionsBoundary),
  }),
  reader: ({ Enabled, BatchSize, EventSourceArn }) => ({
    enabled: Enabled !== false,
    batch: Number(BatchSize ?? 10),
    source: text(EventSourceArn),
  }),
  function: ({ Role, Timeout, MemorySize, Environment, ReservedConcurrentExecutions }) => ({
    role: text(Role),
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
    periods: Number(properties["EvaluationPeriods"]),
    missing: text(properties["TreatMissingData"] ?? "missing"),
  }),
  ledger: () => ({ state: "ACTIVE" }),
};

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

/** Policies of queues and topics are resources of their own, that name their owners. */
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
  return new Map(Object.values(resources).flatMap(owned));
}
