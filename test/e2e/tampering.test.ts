import { CloudFormationClient, ListStackResourcesCommand } from "@aws-sdk/client-cloudformation";
import {
  CloudWatchClient,
  DisableAlarmActionsCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import {
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { DeleteTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Alert } from "../../lib/notify/alert.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { put, recorded } from "./stack/events.ts";
import { type Operator, subscribeOperator } from "./stack/operator.ts";
import { stage } from "./stack/serverless.ts";
import { type Tampering, tamperings } from "./stack/tamperings.ts";
import { deployedWorld, mallory, type World } from "./stack/world.ts";

describe.skipIf(whyNoEmulator() !== undefined)("whoever silences a part of Rolecall is told of", () => {
  let world: World;
  let operator: Operator;
  let parts: ReadonlyMap<string, string>;
  const part = (name: string): string => {
    const physical = parts.get(name);
    if (physical === undefined) throw new Error(`the stack has no ${name}`);
    return physical;
  };
  beforeAll(async () => {
    world = await deployedWorld();
    operator = await subscribeOperator(world.sqs, world.sns, world.outputs.get("OperatorTopic") ?? "");
    const { StackResourceSummaries = [] } = await new CloudFormationClient(world.editor).send(
      new ListStackResourcesCommand({ StackName: `rolecall-${stage}` }),
    );
    const named = StackResourceSummaries.map(
      (one) => [one.LogicalResourceId, one.PhysicalResourceId] as const,
    );
    parts = new Map(named.map(([name = "", physical = ""]) => [name, physical]));
  }, 300_000);
  afterAll(() => world?.stop());

  /** What a look answers to whoever asks for one. */
  const ask = async (): Promise<string> => {
    const { Payload } = await world.lambda.send(
      new InvokeCommand({ FunctionName: part("SelfLambdaFunction"), Payload: "{}" }),
    );
    return Payload?.transformToString() ?? "";
  };
  /** Somebody says that all is well: what is wrong must be told again. */
  const calm = () => {
    const said = { AlarmName: part("TamperedAlarm"), StateValue: "OK", StateReason: "all is well" } as const;
    return new CloudWatchClient(world.editor).send(new SetAlarmStateCommand(said));
  };
  const told = async ({ call, control, says }: Tampering): Promise<Alert> => {
    const alert = await world.subscriber.alert(
      ({ result }) => result.control === control && result.detail.includes(says),
      `${call}: ${says}`,
    );
    const names = ({ causes }: Alert): boolean =>
      causes.some(({ action, actor }) => action === call && actor.who === mallory);
    // A look for the call before may see what this one did before its event has come: that is told when it has.
    if (!names(alert)) {
      const late = await world.subscriber.alert(({ explains }) => explains === alert.id, `who: ${call}`);
      expect(names(late), call).toBe(true);
    }
    expect(alert.result.remediation.length, call).toBeGreaterThan(0);
    return alert;
  };

  test("while the one that tells is throttled to nothing the operator is told, and later what it was", async () => {
    const lambda = new LambdaClient(world.editor);
    const FunctionName = part("NotifyLambdaFunction");
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    expect(await operator.told("TamperedAlarm", "ALARM")).toBe("TamperedAlarm ALARM");
    expect(await ask()).toContain("NotifyLambdaFunction is not as deployed: reserved.");
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    const about = ({ result }: Alert): boolean => result.detail.includes("NotifyLambdaFunction");
    await world.subscriber.alert(about, "what happened to notify", 100);
  });

  test("a rule of tampering calls that is disabled, which another rule hears", async () => {
    const silenced: Tampering = {
      call: "events:DisableRule",
      control: "self-rule",
      says: "SelfRule is not as deployed: state.",
      run: () => new EventBridgeClient(world.editor).send(new DisableRuleCommand({ Name: part("SelfRule") })),
    };
    await silenced.run();
    expect((await told(silenced)).result.severity).toBe("critical");
    await world.events.send(new EnableRuleCommand({ Name: part("SelfRule") }));
  });

  test("an alarm without its actions that a look saw first, and its maker when the event comes", async () => {
    const AlarmNames = [part("UndeliveredAlarm")];
    await world.aws.mute(true);
    await new CloudWatchClient(world.editor).send(new DisableAlarmActionsCommand({ AlarmNames }));
    const eventTime = new Date().toISOString();
    await world.aws.mute(false);
    await ask();
    const alert = await world.subscriber.alert(
      ({ result }) => result.detail === "UndeliveredAlarm is not as deployed: acts.",
      "an alarm without its actions",
    );
    const eventSource = "monitoring.amazonaws.com";
    const event = recorded("DisableAlarmActions", { alarmNames: AlarmNames }, { eventSource, eventTime });
    for (const _ of ["once", "twice"]) await put(world, { ...event, source: "aws.monitoring" });
    const late = await world.subscriber.alert(({ explains }) => explains === alert.id, "who did it");
    expect(late.causes.map((cause) => cause.event)).toEqual([event.detail["eventID"]]);
    await put(world, { ...event, source: "aws.monitoring" });
    const more = await world.subscriber.quiet(8);
    expect(more.filter(({ finding }) => finding === alert.finding)).toEqual([]);
  });

  // Of the same parts everywhere; the table is made where the stack is known.
  const groups = tamperings(
    { endpoint: "", region: "us-east-1", credentials: { accessKeyId: "", secretAccessKey: "" } },
    part,
  );
  test.each(Object.keys(groups))("%s", async (group) => {
    const made = tamperings(world.editor, part)[group] ?? [];
    expect(made.length).toBeGreaterThan(0);
    for (const tampering of made) {
      await tampering.run();
      await told(tampering);
    }
  });

  test("an alarm that is set to OK by hand is raised again by the look that this brings", async () => {
    await operator.forget();
    await calm();
    expect(await operator.told("TamperedAlarm", "ALARM")).toBe("TamperedAlarm ALARM");
  });

  test("without the topic of alerts the operator is told", async () => {
    await operator.forget();
    await new SNSClient(world.editor).send(new DeleteTopicCommand({ TopicArn: part("Alerts") }));
    expect(await ask()).toContain("Alerts is gone.");
    await calm();
    expect(await operator.told("TamperedAlarm", "ALARM")).toBe("TamperedAlarm ALARM");
  });

  test("without the ledger the operator is told, though nothing can be remembered", async () => {
    await operator.forget();
    await new DynamoDBClient(world.editor).send(new DeleteTableCommand({ TableName: part("Ledger") }));
    await calm();
    expect(await operator.told("TamperedAlarm", "ALARM")).toBe("TamperedAlarm ALARM");
  });
});
