import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListSchedulesCommand } from "@aws-sdk/client-scheduler";
import { ListTopicsCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import type { World } from "./world.ts";

/** What there is of the stack in the account, by kind: names that begin as the stack's parts do. */
export async function remains(world: World): Promise<Readonly<Record<string, readonly string[]>>> {
  const ours = (names: readonly (string | undefined)[] = []): readonly string[] =>
    names.flatMap((name) => (name?.includes("rolecall-") === true ? [name] : [])).toSorted();
  const [tables, functions, queues, topics, rules, schedules, roles, buckets, alarms] = await Promise.all([
    world.dynamo.send(new ListTablesCommand({})),
    world.lambda.send(new ListFunctionsCommand({})),
    world.sqs.send(new ListQueuesCommand({})),
    world.sns.send(new ListTopicsCommand({})),
    world.events.send(new ListRulesCommand({})),
    world.scheduler.send(new ListSchedulesCommand({})),
    world.rootIam.send(new ListRolesCommand({})),
    world.s3.send(new ListBucketsCommand({})),
    world.cloudwatch.send(new DescribeAlarmsCommand({})),
  ]);
  return {
    tables: ours(tables.TableNames),
    functions: ours(functions.Functions?.map(({ FunctionName }) => FunctionName)),
    queues: ours(queues.QueueUrls),
    topics: ours(topics.Topics?.map(({ TopicArn }) => TopicArn)),
    rules: ours(rules.Rules?.map(({ Name }) => Name)),
    schedules: ours(schedules.Schedules?.map(({ Name }) => Name)),
    roles: ours(roles.Roles?.map(({ RoleName }) => RoleName)),
    buckets: ours(buckets.Buckets?.map(({ Name }) => Name)),
    alarms: ours(alarms.MetricAlarms?.map(({ AlarmName }) => AlarmName)),
  };
}
