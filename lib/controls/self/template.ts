/** What a template says of the parts that are watched: all that is held against the account later. */
export interface WatchedTemplate {
  readonly resources: Readonly<Record<string, TemplateResource>>;
}
export interface TemplateResource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * What is kept of each type: whatever can silence the part. `OnFailure`, `Retries` and `EventAge` of a function are
 * those of its asynchronous calls, which CloudFormation keeps in a resource of their own. What is not named here may be changed unseen: descriptions, tags, names. */
const watchedProperties: Readonly<Record<string, readonly string[]>> = {
  "AWS::Events::Rule": ["State", "EventPattern", "Targets"],
  "AWS::Scheduler::Schedule": ["State", "ScheduleExpression", "Target"],
  "AWS::SQS::Queue": [
    "DelaySeconds",
    "VisibilityTimeout",
    "MessageRetentionPeriod",
    "SqsManagedSseEnabled",
    "RedrivePolicy",
    "RedriveAllowPolicy",
    "MaximumMessageSize",
  ],
  "AWS::SQS::QueuePolicy": ["Queues", "PolicyDocument"],
  "AWS::SNS::Topic": ["KmsMasterKeyId"],
  "AWS::SNS::TopicPolicy": ["Topics", "PolicyDocument"],
  "AWS::SNS::Subscription": ["TopicArn", "Protocol", "Endpoint"],
  "AWS::IAM::Role": ["AssumeRolePolicyDocument", "Policies", "ManagedPolicyArns", "PermissionsBoundary"],
  "AWS::Lambda::Function": [
    "Role",
    "Handler",
    "Runtime",
    "Layers",
    "Timeout",
    "MemorySize",
    "Environment",
    "ReservedConcurrentExecutions",
    "OnFailure",
    "Retries",
    "EventAge",
  ],
  "AWS::Lambda::EventSourceMapping": [
    "FunctionName",
    "EventSourceArn",
    "Enabled",
    "BatchSize",
    "FunctionResponseTypes",
    "FilterCriteria",
  ],
  "AWS::Lambda::Permission": ["FunctionName", "Action", "Principal", "SourceArn", "SourceAccount"],
  "AWS::Logs::LogGroup": ["KmsKeyId", "LogGroupClass"],
  "AWS::CloudWatch::Alarm": [
    "ActionsEnabled",
    "AlarmActions",
    "Namespace",
    "MetricName",
    "Dimensions",
    "Statistic",
    "Period",
    "Threshold",
    "DatapointsToAlarm",
    "Metrics",
    "ComparisonOperator",
    "EvaluationPeriods",
    "TreatMissingData",
  ],
  "AWS::DynamoDB::Table": [],
};

/** A template as CloudFormation takes it. */
export interface SourceTemplate {
  readonly Resources: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}

/**
 * The watched part of a template. Conditions are decided here, where every parameter is a text already; what
 * only a deployed stack knows (names, ARNs) stays as it is written.
 */
export function watchedTemplate(source: SourceTemplate): WatchedTemplate {
  const decide = decider(source.Conditions ?? {});
  const resources: Record<string, TemplateResource> = {};
  for (const [id, resource] of Object.entries(source.Resources)) {
    const { Type, Properties, Condition } = resource as {
      Type: string;
      Properties?: Record<string, unknown>;
      Condition?: string;
    };
    const kept = watchedProperties[Type];
    if (kept === undefined || (Condition !== undefined && !decide({ Condition }))) continue;
    const properties = Object.fromEntries(
      kept.flatMap((key) => {
        const value = withoutConditions(Properties?.[key], decide);
        return value === undefined ? [] : [[key, value]];
      }),
    );
    resources[id] = { type: Type, properties };
  }
  return { resources };
}

type Decide = (condition: unknown) => boolean;

function decider(conditions: Readonly<Record<string, unknown>>): Decide {
  const decide: Decide = (condition) => {
    const [[name, value] = ["", undefined]] = Object.entries(condition as Record<string, unknown>);
    const list = (Array.isArray(value) ? value : []) as readonly unknown[];
    switch (name) {
      case "Condition":
        return decide(conditions[String(value)]);
      case "Fn::Equals":
        return list[0] === list[1];
      case "Fn::Not":
        return !decide(list[0]);
      case "Fn::And":
        return list.every(decide);
      case "Fn::Or":
        return list.some(decide);
      default:
        throw new TypeError(
          `the condition ${JSON.stringify(condition)} cannot be decided when it is packaged`,
        );
    }
  };
  return decide;
}

function withoutConditions(value: unknown, decide: Decide): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutConditions(item, decide));
  if (typeof value !== "object" || value === null) return value;
  const choice = (value as Record<string, unknown>)["Fn::If"];
  if (Array.isArray(choice)) {
    const [name, yes, no] = choice as readonly unknown[];
    return withoutConditions(decide({ Condition: name }) ? yes : no, decide);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutConditions(item, decide)]),
  );
}
