import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { dynamoLedger } from "../../../lib/aws/dynamo-ledger.ts";
import { loadConfig } from "../../../lib/config/load-config.ts";
import type { LedgerPort } from "../../../lib/ledger/port.ts";
import { type Credentials, type Emulator, startEmulator } from "../../support/emulator/start-emulator.ts";
import { administrator } from "./people.ts";
import { createCompliantRole, ec2Service, trusting } from "./roles.ts";
import { account, deploy, outputs } from "./serverless.ts";
import { type SlackStandIn, slackStandIn } from "./slack-stand-in.ts";
import { type Subscriber, subscribe } from "./subscriber.ts";

/** A deployed stack, somebody who edits the account, and somebody who is told. */
export interface World {
  readonly aws: Emulator;
  /** Mallory's: not whoever deployed. */
  readonly iam: IAMClient;
  readonly ec2: EC2Client;
  /** The same person's settings for any other client. */
  readonly editor: Root;
  /** Root's: for looking at the stack and taking it apart. */
  readonly rootIam: IAMClient;
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly scheduler: SchedulerClient;
  readonly cloudwatch: CloudWatchClient;
  readonly dynamo: DynamoDBClient;
  readonly outputs: ReadonlyMap<string, string>;
  readonly ledger: LedgerPort;
  readonly subscriber: Subscriber;
  readonly slack: SlackStandIn;
  /** Stops the emulator and whatever else was started with it. */
  readonly stop: () => Promise<void>;
}

/** A role for each test that opens and closes findings: what comes and goes too often is told as flapping. */
const busyRoles = ["busy-edited", "busy-burst", "busy-order", "busy-blind", "busy-gagged"];

export const mallory = `arn:aws:iam::${account}:user/mallory`;

export async function deployedWorld(params: Readonly<Record<string, number>> = {}): Promise<World> {
  const slack = await slackStandIn();
  const aws = await startEmulator({ account, managedPolicies: pinnedPolicies() });
  try {
    const root = { endpoint: aws.endpoint, region: aws.region, credentials: aws.root(account) };
    const parameter = {
      Name: "/rolecall/dockercloud",
      Value: "the-organisation",
      Type: "SecureString",
    } as const;
    await new SSMClient(root).send(new PutParameterCommand(parameter));
    const editor = { ...root, credentials: await administrator(aws, root.credentials, "mallory") };
    const iam = new IAMClient(editor);
    await createCompliantRole(iam, "ecsInstanceRole");
    for (const RoleName of busyRoles)
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(ec2Service) }));
    const webhook = { Name: "/rolecall/slack", Value: slack.webhook, Type: "SecureString" } as const;
    await new SSMClient(root).send(new PutParameterCommand(webhook));
    await deploy(aws, { slack: webhook.Name, slackHosts: slack.host, chat: "yes", ...params });
    const out = await outputs(aws);
    await asAwsWouldHaveIt(root, out);
    const [sqs, sns, dynamo] = [new SQSClient(root), new SNSClient(root), new DynamoDBClient(root)];
    return {
      aws,
      iam,
      editor,
      ec2: new EC2Client(editor),
      rootIam: new IAMClient(root),
      events: new EventBridgeClient(root),
      sqs,
      sns,
      s3: new S3Client({ ...root, forcePathStyle: true }),
      lambda: new LambdaClient(root),
      scheduler: new SchedulerClient(root),
      cloudwatch: new CloudWatchClient(root),
      dynamo,
      outputs: out,
      ledger: dynamoLedger(dynamo, out.get("LedgerTable") ?? ""),
      subscriber: await subscribe(sqs, sns, out.get("AlertsTopic") ?? "", "subscriber"),
      slack,
      stop: async () => {
        await aws.stop();
        await slack.stop();
      },
    };
  } catch (error) {
    await aws.stop();
    await slack.stop();
    throw error;
  }
}

/** A trail, which no account that is watched goes without, and what the emulator's CloudFormation leaves out. */
async function asAwsWouldHaveIt(root: Root, out: ReadonlyMap<string, string>): Promise<void> {
  const trails = new CloudTrailClient(root);
  const trail = { Name: "main", S3BucketName: "trail" };
  await trails.send(
    new CreateTrailCommand({ ...trail, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true }),
  );
  await trails.send(new StartLoggingCommand(trail));
  const EventSelectors = [{ ReadWriteType: "All", IncludeManagementEvents: true }] as const;
  await trails.send(new PutEventSelectorsCommand({ TrailName: "main", EventSelectors: [...EventSelectors] }));
  const sns = new SNSClient(root);
  const key = { AttributeName: "KmsMasterKeyId", AttributeValue: "alias/aws/sns" };
  for (const topic of ["AlertsTopic", "ChatTopic"])
    await sns.send(new SetTopicAttributesCommand({ ...key, TopicArn: out.get(topic) ?? "" }));
}

export interface Root {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** The documents of AWS's own policies that the configured baselines were written against. */
function pinnedPolicies(): Readonly<Record<string, unknown>> {
  const compiled = loadConfig("test/e2e/stack/rolecall.yml");
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  const pinned = compiled.config.roles.flatMap((role) => role.permissions?.pinned ?? []);
  const name = (arn: string): string => arn.slice(arn.indexOf(":policy/") + ":policy/".length);
  const filled = (document: unknown): unknown =>
    JSON.parse(JSON.stringify(document).replaceAll("{{partition}}", "aws"));
  return Object.fromEntries(pinned.map(({ arn, document }) => [name(arn), filled(document)]));
}
