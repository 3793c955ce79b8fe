import {
  CloudTrailClient,
  DeleteTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetPolicyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import {
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import {
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { DeleteQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { account } from "./serverless.ts";
import type { Root } from "./world.ts";

/** One real call that silences a part of Rolecall, and what somebody must be told of it. */
export interface Tampering {
  /** As alerts name it. */
  readonly call: string;
  readonly control: string;
  /** A part of the alert's sentence. */
  readonly says: string;
  readonly run: () => Promise<unknown>;
}

const everybody = (action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: "*" }],
  });
const anything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const elsewhere = `arn:aws:sqs:us-east-1:${account}:subscriber`;

/** In groups; one after the other, none stands in another's way. `part`: a physical id by its logical one. */
export function tamperings(
  intruder: Root,
  part: (name: string) => string,
): Readonly<Record<string, readonly Tampering[]>> {
  const events = new EventBridgeClient(intruder);
  const trails = new CloudTrailClient(intruder);
  const sns = new SNSClient(intruder);
  const sqs = new SQSClient(intruder);
  const alarms = new CloudWatchClient(intruder);
  const scheduler = new SchedulerClient(intruder);
  const lambda = new LambdaClient(intruder);
  const logs = new CloudWatchLogsClient(intruder);
  const iam = new IAMClient(intruder);
  const nameOf = (schedule: string): string => part(schedule).split("/").at(-1) ?? "";
  const alarmOf = async (name: string) => {
    const { MetricAlarms = [] } = await alarms.send(new DescribeAlarmsCommand({ AlarmNames: [part(name)] }));
    const [alarm] = MetricAlarms;
    if (alarm === undefined) throw new Error(`there is no ${name}`);
    return alarm;
  };
  const subscription = async (topic: string, protocol: string, endpoint = ""): Promise<string> => {
    const TopicArn = part(topic);
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const found = Subscriptions.find(
      ({ Protocol, Endpoint }) => Protocol === protocol && Endpoint?.endsWith(endpoint),
    );
    return found?.SubscriptionArn ?? "";
  };

  return {
    "the roles": [
      {
        call: "iam:PutRolePolicy",
        control: "self-role",
        says: "OnAuditRole is not as deployed: permissions.",
        run: () =>
          iam.send(
            new PutRolePolicyCommand({
              RoleName: part("OnAuditRole"),
              PolicyName: "more",
              PolicyDocument: anything,
            }),
          ),
      },
      {
        call: "iam:UpdateAssumeRolePolicy",
        control: "self-role",
        says: "AuditRole is not as deployed: trust.",
        run: () =>
          iam.send(
            new UpdateAssumeRolePolicyCommand({
              RoleName: part("AuditRole"),
              PolicyDocument: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                  {
                    Effect: "Allow",
                    Principal: { AWS: "arn:aws:iam::999988887777:root" },
                    Action: "sts:AssumeRole",
                  },
                ],
              }),
            }),
          ),
      },
      {
        call: "iam:AttachRolePolicy",
        control: "self-role",
        says: "ChatRole is not as deployed: attached.",
        run: () =>
          iam.send(
            new AttachRolePolicyCommand({
              RoleName: part("ChatRole"),
              PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
            }),
          ),
      },
      {
        call: "iam:DeleteRolePolicy",
        control: "self-role",
        says: "OnChangeRole is not as deployed: permissions.",
        run: () =>
          iam.send(new DeleteRolePolicyCommand({ RoleName: part("OnChangeRole"), PolicyName: "see" })),
      },
    ],
    "the rules": [
      {
        call: "events:PutTargets",
        control: "self-rule",
        says: "Ec2Rule is not as deployed: targets.",
        run: () =>
          events.send(
            new PutTargetsCommand({ Rule: part("Ec2Rule"), Targets: [{ Id: "changes", Arn: elsewhere }] }),
          ),
      },
      {
        call: "events:RemoveTargets",
        control: "self-rule",
        says: "OwnRolesRule is not as deployed: targets.",
        run: () => events.send(new RemoveTargetsCommand({ Rule: part("OwnRolesRule"), Ids: ["self"] })),
      },
      {
        call: "events:DisableRule",
        control: "self-rule",
        says: "IamRule is not as deployed: state.",
        run: () => events.send(new DisableRuleCommand({ Name: part("IamRule") })),
      },
      {
        call: "events:DeleteRule",
        control: "self-rule",
        says: "TagsRule is gone.",
        run: async () => {
          await events.send(new RemoveTargetsCommand({ Rule: part("TagsRule"), Ids: ["changes"] }));
          await events.send(new DeleteRuleCommand({ Name: part("TagsRule") }));
        },
      },
    ],
    "the alarms": [
      {
        call: "monitoring:DeleteAlarms",
        control: "self-alarm",
        says: "ChangesLateAlarm is gone.",
        run: () => alarms.send(new DeleteAlarmsCommand({ AlarmNames: [part("ChangesLateAlarm")] })),
      },
      {
        call: "monitoring:DisableAlarmActions",
        control: "self-alarm",
        says: "SilenceAlarm is not as deployed: acts.",
        run: () => alarms.send(new DisableAlarmActionsCommand({ AlarmNames: [part("SilenceAlarm")] })),
      },
      {
        call: "monitoring:PutMetricAlarm",
        control: "self-alarm",
        says: "ChangesDeadAlarm is not as deployed: of.",
        run: async () => {
          const { AlarmName, Namespace, MetricName, Statistic, Period, EvaluationPeriods, Threshold } =
            await alarmOf("ChangesDeadAlarm");
          const { ComparisonOperator, TreatMissingData, AlarmActions } = await alarmOf("ChangesDeadAlarm");
          const kept = { AlarmName, Namespace, MetricName, Statistic, Period, EvaluationPeriods, Threshold };
          const Dimensions = [{ Name: "QueueName", Value: "another" }];
          return alarms.send(
            new PutMetricAlarmCommand({
              ...kept,
              ComparisonOperator,
              TreatMissingData,
              AlarmActions,
              Dimensions,
            }),
          );
        },
      },
    ],
    "what is asked and told": [
      {
        call: "sns:Unsubscribe",
        control: "self-subscription",
        says: "The email subscription of s…@example.com is gone.",
        run: async () =>
          sns.send(new UnsubscribeCommand({ SubscriptionArn: await subscription("Alerts", "email") })),
      },
      {
        call: "sns:SetSubscriptionAttributes",
        control: "self-subscription",
        says: "has a filter that was not deployed",
        run: async () =>
          sns.send(
            new SetSubscriptionAttributesCommand({
              SubscriptionArn: await subscription("Alerts", "lambda", "-chat"),
              AttributeName: "FilterPolicy",
              AttributeValue: '{"severity":["none"]}',
            }),
          ),
      },
      {
        call: "sns:SetTopicAttributes",
        control: "self-topic",
        says: "Chat is not as deployed: policy.",
        run: () =>
          sns.send(
            new SetTopicAttributesCommand({
              TopicArn: part("Chat"),
              AttributeName: "Policy",
              AttributeValue: everybody("sns:Publish"),
            }),
          ),
      },
      {
        call: "sqs:SetQueueAttributes",
        control: "self-queue",
        says: "Changes is not as deployed: undelivered, attempts, policy.",
        run: () =>
          sqs.send(
            new SetQueueAttributesCommand({
              QueueUrl: part("Changes"),
              Attributes: { RedrivePolicy: "", Policy: everybody("sqs:*") },
            }),
          ),
      },
      {
        call: "sqs:DeleteQueue",
        control: "self-queue",
        says: "ChangesDead is gone.",
        run: () => sqs.send(new DeleteQueueCommand({ QueueUrl: part("ChangesDead") })),
      },
      {
        call: "scheduler:UpdateSchedule",
        control: "self-schedule",
        says: "AuditSchedule is not as deployed: state.",
        run: async () => {
          const Name = nameOf("AuditSchedule");
          const { ScheduleExpression, FlexibleTimeWindow, Target } = await scheduler.send(
            new GetScheduleCommand({ Name }),
          );
          return scheduler.send(
            new UpdateScheduleCommand({
              Name,
              ScheduleExpression,
              FlexibleTimeWindow,
              Target,
              State: "DISABLED",
            }),
          );
        },
      },
      {
        call: "scheduler:DeleteSchedule",
        control: "self-schedule",
        says: "SelfSchedule is gone.",
        run: () => scheduler.send(new DeleteScheduleCommand({ Name: nameOf("SelfSchedule") })),
      },
    ],
    "the functions": [
      {
        call: "lambda:UpdateFunctionCode",
        control: "self-function",
        says: "OnScheduleLambdaFunction is not as deployed: code.",
        run: () =>
          lambda.send(
            new UpdateFunctionCodeCommand({
              FunctionName: part("OnScheduleLambdaFunction"),
              ZipFile: emptyZip,
            }),
          ),
      },
      {
        call: "lambda:UpdateFunctionConfiguration",
        control: "self-function",
        says: "OnChangeLambdaFunction is not as deployed: handler, environment.",
        run: () =>
          lambda.send(
            new UpdateFunctionConfigurationCommand({
              FunctionName: part("OnChangeLambdaFunction"),
              Handler: "elsewhere.handler",
              Environment: { Variables: {} },
            }),
          ),
      },
      {
        call: "lambda:PutFunctionConcurrency",
        control: "self-function",
        says: "OnAuditLambdaFunction is not as deployed: reserved.",
        run: () =>
          lambda.send(
            new PutFunctionConcurrencyCommand({
              FunctionName: part("OnAuditLambdaFunction"),
              ReservedConcurrentExecutions: 0,
            }),
          ),
      },
      {
        call: "lambda:DeleteFunction",
        control: "self-function",
        says: "AuditLambdaFunction is gone.",
        run: () => lambda.send(new DeleteFunctionCommand({ FunctionName: part("AuditLambdaFunction") })),
      },
      {
        call: "lambda:RemovePermission",
        control: "self-function",
        says: "SlackLambdaFunction is not as deployed: policy.",
        run: async () => {
          const FunctionName = part("SlackLambdaFunction");
          const { Policy = "{}" } = await lambda.send(new GetPolicyCommand({ FunctionName }));
          const { Statement } = JSON.parse(Policy) as {
            readonly Statement: readonly { readonly Sid: string }[];
          };
          return lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: Statement[0]?.Sid }));
        },
      },
      {
        call: "lambda:PutFunctionEventInvokeConfig",
        control: "self-function",
        says: "ChatLambdaFunction is not as deployed: undelivered",
        run: () =>
          lambda.send(
            new PutFunctionEventInvokeConfigCommand({
              FunctionName: part("ChatLambdaFunction"),
              Qualifier: "$LATEST",
              MaximumEventAgeInSeconds: 60,
              MaximumRetryAttempts: 2,
            }),
          ),
      },
      {
        call: "lambda:UpdateEventSourceMapping",
        control: "self-reader",
        says: "OnChangeEventSourceMappingSQSChanges is not as deployed: enabled.",
        run: () =>
          lambda.send(
            new UpdateEventSourceMappingCommand({
              UUID: part("OnChangeEventSourceMappingSQSChanges"),
              Enabled: false,
            }),
          ),
      },
      {
        call: "logs:DeleteLogGroup",
        control: "self-log",
        says: "AuditLogGroup is gone.",
        run: () => logs.send(new DeleteLogGroupCommand({ logGroupName: part("AuditLogGroup") })),
      },
    ],
    "the trail is stopped": [
      {
        call: "cloudtrail:StopLogging",
        control: "self-trail",
        says: "logging is stopped",
        run: () => trails.send(new StopLoggingCommand({ Name: "main" })),
      },
    ],
    "the trail logs reads only": [
      {
        call: "cloudtrail:PutEventSelectors",
        control: "self-trail",
        says: "main: management writes are not selected",
        run: async () => {
          await trails.send(new StartLoggingCommand({ Name: "main" }));
          const EventSelectors = [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] as const;
          return trails.send(
            new PutEventSelectorsCommand({ TrailName: "main", EventSelectors: [...EventSelectors] }),
          );
        },
      },
    ],
    "the trail sees one region": [
      {
        call: "cloudtrail:UpdateTrail",
        control: "self-trail",
        says: "one region only",
        run: () => trails.send(new UpdateTrailCommand({ Name: "main", IsMultiRegionTrail: false })),
      },
    ],
    "the trail is gone, and a reader too; another rule's pattern matches nothing": [
      {
        call: "cloudtrail:DeleteTrail",
        control: "self-trail",
        says: "The account has no trail.",
        run: () => trails.send(new DeleteTrailCommand({ Name: "main" })),
      },
      {
        call: "lambda:DeleteEventSourceMapping",
        control: "self-reader",
        says: "OnChangeEventSourceMappingSQSChanges is gone.",
        run: () =>
          lambda.send(
            new DeleteEventSourceMappingCommand({ UUID: part("OnChangeEventSourceMappingSQSChanges") }),
          ),
      },
      {
        call: "events:PutRule",
        control: "self-rule",
        says: "Ec2Rule is not as deployed: pattern, targets.",
        run: async () => {
          const { State } = await events.send(new DescribeRuleCommand({ Name: part("Ec2Rule") }));
          const EventPattern = '{"source":["nobody"]}';
          return events.send(new PutRuleCommand({ Name: part("Ec2Rule"), State, EventPattern }));
        },
      },
    ],
  };
}

/** The end record of a zip that holds nothing. */
const emptyZip = Uint8Array.from({ length: 22 }, (_, index) => [0x50, 0x4b, 5, 6][index] ?? 0);
