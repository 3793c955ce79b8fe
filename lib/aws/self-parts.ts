import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListAlarmMuteRulesCommand,
} from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
} from "@aws-sdk/client-eventbridge";
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import {
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  type GetFunctionConfigurationCommandOutput,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  countsOf,
  dimensionsOf,
  type ExpectedPart,
  inputOf,
  periodsOf,
  takesOf,
  triesOf,
} from "../controls/self/expected.ts";
import type { PartKind, PartPolicy, PartProperties } from "../controls/self/model.ts";
import type { DocumentSource } from "../model/facts.ts";
import { absent, denied, found, type Seen } from "../model/seen.ts";
import { brisk, patient } from "./client-settings.ts";
import { read } from "./read.ts";

/** IAM actions on the stack's own parts. @public */
export const actions = [
  "cloudwatch:DescribeAlarms",
  "cloudwatch:ListAlarmMuteRules",
  "dynamodb:DescribeTable",
  "events:DescribeRule",
  "events:ListTargetsByRule",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
  "lambda:GetEventSourceMapping",
  "lambda:GetFunctionConcurrency",
  "lambda:GetFunctionConfiguration",
  "lambda:GetFunctionEventInvokeConfig",
  "lambda:GetPolicy",
  "logs:DescribeLogGroups",
  "scheduler:GetSchedule",
  "sns:GetTopicAttributes",
  "sqs:GetQueueAttributes",
] as const;

/** What is there of one part, and for a queue how many messages wait in it. */
export interface PartSeen {
  readonly actual: Seen<PartProperties>;
  readonly waiting?: Seen<number>;
}

/** Reads the stack's parts one by one, in the words of `expectedParts`. */
export function selfParts(): (part: ExpectedPart) => Promise<PartSeen> {
  const alarms = new CloudWatchClient(brisk);
  const tables = new DynamoDBClient(brisk);
  const events = new EventBridgeClient(brisk);
  const iam = new IAMClient(patient);
  const lambda = new LambdaClient(brisk);
  const logs = new CloudWatchLogsClient(brisk);
  const scheduler = new SchedulerClient(brisk);
  const sns = new SNSClient(brisk);
  const sqs = new SQSClient(brisk);

  const readers: Readonly<Record<PartKind, (part: ExpectedPart) => Promise<PartSeen>>> = {
    async rule({ physical }) {
      const Name = lastOf(physical);
      const rule = await read("events:DescribeRule", () => events.send(new DescribeRuleCommand({ Name })));
      if (rule.at !== "found") return { actual: rule };
      const targets = await read("events:ListTargetsByRule", () =>
        events.send(new ListTargetsByRuleCommand({ Rule: Name })),
      );
      if (targets.at !== "found") return { actual: targets };
      return settings({
        state: rule.value.State,
        pattern: parsed(rule.value.EventPattern),
        targets: (targets.value.Targets ?? [])
          .map(({ Arn = "", DeadLetterConfig, RetryPolicy, Input, InputPath, InputTransformer }) => ({
            arn: Arn,
            undelivered: DeadLetterConfig?.Arn ?? "",
            input: inputOf({ Input, InputPath, InputTransformer }),
            ...triesOf(RetryPolicy),
          }))
          .toSorted((a, b) => (a.arn < b.arn ? -1 : 1)),
      });
    },

    async schedule({ physical }) {
      const [GroupName, Name] = physical.includes("/")
        ? physical.split("/").slice(-2)
        : [undefined, physical];
      const schedule = await read("scheduler:GetSchedule", () =>
        scheduler.send(new GetScheduleCommand({ GroupName, Name })),
      );
      if (schedule.at !== "found") return { actual: schedule };
      const { State, ScheduleExpression, Target, StartDate, EndDate } = schedule.value;
      return settings({
        state: State,
        expression: ScheduleExpression,
        // One that begins in a century, or ended, is enabled and never ticks.
        limits: [StartDate, EndDate]
          .map((date) => date?.toISOString() ?? "")
          .join(" ")
          .trim(),
        undelivered: Target?.DeadLetterConfig?.Arn ?? "",
        target: Target?.Arn ?? "",
        role: Target?.RoleArn ?? "",
        input: Target?.Input ?? "",
      });
    },

    async queue({ physical }) {
      const queue = await read("sqs:GetQueueAttributes", () =>
        sqs.send(new GetQueueAttributesCommand({ QueueUrl: physical, AttributeNames: ["All"] })),
      );
      if (queue.at !== "found") return { actual: queue, waiting: queue };
      const attributes: Readonly<Record<string, string>> = queue.value.Attributes ?? {};
      const redrive = parsed(attributes["RedrivePolicy"]) as
        | { readonly deadLetterTargetArn?: string; readonly maxReceiveCount?: number | string }
        | undefined;
      const permission = parsed(attributes["RedriveAllowPolicy"]) as
        | { readonly redrivePermission?: string }
        | undefined;
      return {
        ...settings(
          {
            delay: Number(attributes["DelaySeconds"] ?? 0),
            hidden: Number(attributes["VisibilityTimeout"]),
            kept: Number(attributes["MessageRetentionPeriod"]),
            encrypted: attributes["SqsManagedSseEnabled"] === "true",
            undelivered: redrive?.deadLetterTargetArn ?? "",
            attempts: Number(redrive?.maxReceiveCount ?? 0),
            takes: takesOf(attributes["MaximumMessageSize"]),
            takesBack: permission?.redrivePermission ?? "allowAll",
          },
          resourcePolicy(attributes["Policy"]),
        ),
        waiting: found(Number(attributes["ApproximateNumberOfMessages"] ?? 0)),
      };
    },

    async topic({ physical }) {
      const topic = await read("sns:GetTopicAttributes", () =>
        sns.send(new GetTopicAttributesCommand({ TopicArn: physical })),
      );
      if (topic.at !== "found") return { actual: topic };
      const attributes: Readonly<Record<string, string>> = topic.value.Attributes ?? {};
      return settings({ key: attributes["KmsMasterKeyId"] ?? "" }, resourcePolicy(attributes["Policy"]));
    },

    async role({ physical }) {
      return { actual: await roleOf(iam, physical) };
    },

    async reader({ physical }) {
      const reader = await read("lambda:GetEventSourceMapping", () =>
        lambda.send(new GetEventSourceMappingCommand({ UUID: physical })),
      );
      if (reader.at !== "found") return { actual: reader };
      const { State = "", BatchSize, EventSourceArn, FunctionArn } = reader.value;
      return settings({
        // While it changes it is neither; what it changes to is seen by the next look.
        enabled: !/^(Disabl|Delet)/u.test(State),
        batch: BatchSize,
        source: EventSourceArn ?? "",
        feeds: FunctionArn ?? "",
        // Without this answer a batch that failed in part is taken for done.
        answers: (reader.value.FunctionResponseTypes ?? []).toSorted(),
        // What a filter leaves out Lambda deletes.
        filters: (reader.value.FilterCriteria?.Filters ?? []).map(({ Pattern = "" }) => Pattern).toSorted(),
      });
    },

    async function({ physical }) {
      const FunctionName = physical;
      const configured = await read("lambda:GetFunctionConfiguration", () =>
        lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
      );
      if (configured.at !== "found") return { actual: configured };
      const concurrency = await read("lambda:GetFunctionConcurrency", () =>
        lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
      );
      if (concurrency.at !== "found") return { actual: concurrency };
      const calls = await read("lambda:GetFunctionEventInvokeConfig", () =>
        lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: "$LATEST" })),
      );
      if (calls.at === "denied") return { actual: calls };
      const policy = await read("lambda:GetPolicy", () =>
        lambda.send(new GetPolicyCommand({ FunctionName })),
      );
      if (policy.at === "denied") return { actual: policy };
      const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } =
        calls.at === "found" ? calls.value : {};
      return settings(
        {
          ...configurationOf(configured.value),
          reserved: concurrency.value.ReservedConcurrentExecutions ?? "none",
          undelivered: DestinationConfig?.OnFailure?.Destination ?? "",
          retries: MaximumRetryAttempts ?? 2,
          eventAge: MaximumEventAgeInSeconds ?? 21_600,
        },
        policy.at === "found" && allowsAny(policy.value.Policy) ? resourcePolicy(policy.value.Policy) : {},
      );
    },

    async alarm({ physical }) {
      const answer = await read("cloudwatch:DescribeAlarms", () =>
        alarms.send(new DescribeAlarmsCommand({ AlarmNames: [physical], AlarmTypes: ["MetricAlarm"] })),
      );
      if (answer.at !== "found") return { actual: answer };
      const alarm = answer.value.MetricAlarms?.find(({ AlarmName }) => AlarmName === physical);
      if (alarm === undefined) return { actual: absent };
      const mutes = await read("cloudwatch:ListAlarmMuteRules", () => mutesOf(alarms, physical));
      if (mutes.at === "denied") return { actual: mutes };
      return settings({
        acts: alarm.ActionsEnabled !== false,
        tells: (alarm.AlarmActions ?? []).toSorted(),
        metric: `${alarm.Namespace ?? ""} ${alarm.MetricName ?? ""}`,
        when: `${alarm.ComparisonOperator ?? ""} ${alarm.Threshold}`,
        of: dimensionsOf(alarm.Dimensions),
        counts: countsOf({ ...alarm }),
        periods: periodsOf({ ...alarm }),
        math: (alarm.Metrics ?? []).length,
        muted: mutes.at === "found" ? mutes.value : 0,
        missing: alarm.TreatMissingData ?? "missing",
      });
    },

    async log({ physical }) {
      const answer = await read("logs:DescribeLogGroups", () =>
        logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: physical })),
      );
      if (answer.at !== "found") return { actual: answer };
      const group = answer.value.logGroups?.find(({ logGroupName }) => logGroupName === physical);
      if (group === undefined) return { actual: absent };
      return settings({ key: group.kmsKeyId ?? "", class: group.logGroupClass ?? "STANDARD" });
    },

    async ledger({ physical }) {
      const table = await read("dynamodb:DescribeTable", () =>
        tables.send(new DescribeTableCommand({ TableName: physical })),
      );
      if (table.at !== "found") return { actual: table };
      const state = table.value.Table?.TableStatus;
      return settings({ state: state === "UPDATING" ? "ACTIVE" : state });
    },
  };
  return (part) => readers[part.kind](part);
}

/** Of a function's configuration what can keep it from doing its work, and the digest of its code. */
const configurationOf = (seen: GetFunctionConfigurationCommandOutput): Readonly<Record<string, unknown>> => ({
  role: seen.Role,
  handler: seen.Handler,
  runtime: seen.Runtime,
  code: seen.CodeSha256,
  layers: (seen.Layers ?? []).map(({ Arn = "" }) => Arn),
  // In a network without a way out every call of AWS ends in a timeout.
  network: seen.VpcConfig?.SubnetIds ?? [],
  key: seen.KMSKeyArn ?? "",
  timeout: seen.Timeout,
  memory: seen.MemorySize,
  environment: { ...seen.Environment?.Variables },
  log: [
    seen.LoggingConfig?.LogFormat ?? "Text",
    seen.LoggingConfig?.LogGroup ?? `/aws/lambda/${seen.FunctionName}`,
  ].join(" "),
});

/** How many rules mute an alarm now or will; none where CloudWatch knows no such rules yet. */
async function mutesOf(client: CloudWatchClient, AlarmName: string): Promise<number> {
  try {
    const command = new ListAlarmMuteRulesCommand({ AlarmName, Statuses: ["ACTIVE", "SCHEDULED"] });
    return (await client.send(command)).AlarmMuteRuleSummaries?.length ?? 0;
  } catch (error) {
    if (error instanceof Error && /^(InvalidAction|UnknownOperation)/u.test(error.name)) return 0;
    throw error;
  }
}

const lastOf = (physical: string): string => physical.split(/[/|]/u).at(-1) ?? "";

const settings = (
  values: Readonly<Record<string, unknown>>,
  policies: Readonly<Record<string, PartPolicy>> = {},
): PartSeen => ({ actual: found({ settings: values, policies }) });

const resourcePolicy = (document: string | undefined): Readonly<Record<string, PartPolicy>> =>
  document === undefined || document === "" ? {} : { policy: { kind: "resource", documents: [document] } };

/** A policy whose last statement was taken away is none. */
const allowsAny = (document: string | undefined): boolean => {
  const { Statement } = (parsed(document) ?? {}) as { readonly Statement?: unknown };
  return !(Array.isArray(Statement) && Statement.length === 0);
};

/** AWS's own JSON in an attribute; what does not parse is not as deployed, whatever it is. */
function parsed(text: string | undefined): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A role with all its documents: seen whole, or not at all. */
async function roleOf(iam: IAMClient, RoleName: string): Promise<Seen<PartProperties>> {
  const role = await read("iam:GetRole", () => iam.send(new GetRoleCommand({ RoleName })));
  if (role.at !== "found") return role;
  const attached = await read("iam:ListAttachedRolePolicies", () =>
    iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
  );
  if (attached.at !== "found") return attached;
  const names = await read("iam:ListRolePolicies", () => iam.send(new ListRolePoliciesCommand({ RoleName })));
  if (names.at !== "found") return names;
  if (names.value.IsTruncated === true || attached.value.IsTruncated === true)
    return denied("iam:ListRolePolicies", "the role holds more policies than a page");
  const documents: DocumentSource[] = [];
  for (const PolicyName of names.value.PolicyNames ?? []) {
    const policy = await read("iam:GetRolePolicy", () =>
      iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
    );
    if (policy.at === "denied") return policy;
    if (policy.at === "absent") return denied("iam:GetRolePolicy", "it changed while it was read");
    documents.push(decoded(policy.value.PolicyDocument));
  }
  const trust = decoded(role.value.Role?.AssumeRolePolicyDocument);
  return found({
    settings: {
      attached: (attached.value.AttachedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn).toSorted(),
      boundary: role.value.Role?.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
    },
    policies: {
      trust: { kind: "trust", documents: [trust] },
      permissions: { kind: "identity", documents },
    },
  });
}

/** IAM gives documents percent-encoded; the engine reads both. */
const decoded = (document: string | undefined): DocumentSource => {
  try {
    return JSON.parse(decodeURIComponent(document ?? "")) as DocumentSource;
  } catch {
    return document ?? "";
  }
};
