import { CloudFormationClient, ListStackResourcesCommand } from "@aws-sdk/client-cloudformation";
import { DisableRuleCommand, EnableRuleCommand } from "@aws-sdk/client-eventbridge";
import {
  AddPermissionCommand,
  GetPolicyCommand,
  InvokeCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Alert } from "../../lib/notify/alert.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { declaredActions, runtimeActions } from "./stack/declared-actions.ts";
import { put, type SampleEvent } from "./stack/events.ts";
import { functionLog } from "./stack/function-log.ts";
import { account, stage } from "./stack/serverless.ts";
import { deployedWorld, type World } from "./stack/world.ts";

interface Condition {
  readonly ArnLike: Readonly<Record<string, string>>;
}

describe.skipIf(whyNoEmulator() !== undefined)("take a part of Rolecall away, and somebody is told", () => {
  let world: World;
  let parts: ReadonlyMap<string, string>;
  const part = (name: string): string => {
    const physical = parts.get(name);
    if (physical === undefined) throw new Error(`the stack has no ${name}`);
    return physical;
  };
  const root = () => ({
    endpoint: world.aws.endpoint,
    region: world.aws.region,
    credentials: world.aws.root(account),
  });
  const told = (control: string, about = ""): Promise<Alert> =>
    world.subscriber.alert(
      ({ result }) => result.control === control && result.detail.includes(about),
      `${control} ${about}`,
    );

  beforeAll(async () => {
    world = await deployedWorld();
    const stack = await new CloudFormationClient(root()).send(
      new ListStackResourcesCommand({ StackName: `rolecall-${stage}` }),
    );
    const named = stack.StackResourceSummaries ?? [];
    parts = new Map(
      named.map(({ LogicalResourceId, PhysicalResourceId }) => [
        LogicalResourceId ?? "",
        PhysicalResourceId ?? "",
      ]),
    );
  }, 300_000);
  afterAll(() => world?.stop());

  const tick = (): Promise<unknown> =>
    world.lambda.send(
      new InvokeCommand({
        FunctionName: part("SelfLambdaFunction"),
        InvocationType: "Event",
        Payload: '{"rolecall":"tick"}',
      }),
    );

  test("untouched, it has nothing to tell of itself", async () => {
    await tick();
    expect((await world.subscriber.quiet(12)).map(({ result }) => result.detail)).toEqual([]);
    const looks = (await functionLog(world)).filter(({ message }) => message === "self judged");
    expect(looks.at(-1)).toMatchObject({ failed: 0, undecided: 0, unavailable: 0 });
  });

  test("a rule that is disabled, and one that is enabled again", async () => {
    await world.events.send(new DisableRuleCommand({ Name: part("IamRule") }));
    const alert = await told("self-rule", "IamRule");
    expect(alert.transition).toBe("opened");
    expect(alert.result).toMatchObject({ actual: { state: "DISABLED" }, platform: "rolecall" });
    expect(alert.causes.map(({ action }) => action)).toContain("events:DisableRule");
    await world.events.send(new EnableRuleCommand({ Name: part("IamRule") }));
    await tick();
    expect((await told("self-rule", "IamRule")).transition).toBe("resolved");
  });

  test("a burst of tampering is a few looks, and everybody's event is looked at", async () => {
    await world.subscriber.quiet(6);
    const before = await functionLog(world);
    const calls = twenty("burst", part("IamRule"));
    await put(world, ...calls);
    await world.subscriber.quiet(15);
    const lines = (await functionLog(world)).slice(before.length);
    const looks = lines.filter(({ message }) => message === "self judged");
    const events = new Set(looks.flatMap(({ trace = [] }) => trace).filter((id) => id.startsWith("burst-")));
    expect(events.size).toBe(calls.length);
    expect(looks.length).toBeLessThanOrEqual(8);
    expect(lines.filter(({ message }) => message === "look busy").length).toBeGreaterThanOrEqual(12);
    expect(await world.ledger.noted(`${account}/self/us-east-1`)).toEqual([]);
  });

  test("as many calls on what is not Rolecall's are read, and bring no look", async () => {
    const before = await functionLog(world);
    await put(world, ...twenty("others", "a-rule"));
    await world.subscriber.quiet(8);
    const lines = (await functionLog(world)).slice(before.length);
    const read = lines.filter(({ message }) => message === "change read").flatMap(({ trace = [] }) => trace);
    expect(new Set(read.filter((id) => id.startsWith("others-"))).size).toBe(20);
    const looks = lines.filter(({ message }) => message === "self judged");
    expect(looks.flatMap(({ trace = [] }) => trace).filter((id) => id.startsWith("others-"))).toEqual([]);
  });

  test("a rule that may no longer call the function that looks: its event is among the dead letters", async () => {
    const FunctionName = part("SelfLambdaFunction");
    const { Policy = "{}" } = await world.lambda.send(new GetPolicyCommand({ FunctionName }));
    const { Statement } = JSON.parse(Policy) as {
      Statement: readonly { readonly Sid: string; readonly Condition: Condition }[];
    };
    const sourceOf = ({ ArnLike }: Condition): string => ArnLike["AWS:SourceArn"] ?? "";
    const mine = Statement.find((statement) => sourceOf(statement.Condition).includes("SelfRule"));
    if (mine === undefined) throw new Error("no rule of tampering may call the function");
    await world.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: mine.Sid }));
    await tick();
    expect((await told("self-function", "SelfLambdaFunction")).result.detail).toContain("policy");
    expect((await told("self-dead-letters")).result.detail).toContain("FunctionsDead");
    await world.lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: mine.Sid,
        Action: "lambda:InvokeFunction",
        Principal: "events.amazonaws.com",
        SourceArn: sourceOf(mine.Condition),
      }),
    );
  });

  test("and it made no call that its adapters do not declare, nor was one refused", async () => {
    const calls = (await world.aws.calls()).filter(({ principal }) => principal.includes("-SelfRole-"));
    expect(calls.length).toBeGreaterThan(100);
    const declared = new Set([...(await declaredActions()), ...runtimeActions]);
    const called = new Set(calls.map(({ action }) => action.replace("TransactWriteItems", "PutItem")));
    expect([...called].filter((action) => !declared.has(action))).toEqual([]);
    expect(calls.filter(({ status }) => status === 403).map(({ action }) => action)).toEqual([]);
  });
});

/** Twenty changes of one rule, each by somebody else. */
const twenty = (kind: string, name: string): readonly SampleEvent[] =>
  Array.from({ length: 20 }, (_, index) => ({
    source: "aws.events",
    "detail-type": "AWS API Call via CloudTrail",
    resources: [],
    detail: {
      eventVersion: "1.08",
      eventSource: "events.amazonaws.com",
      eventName: "PutRule",
      eventID: `${kind}-${index}`,
      eventTime: new Date().toISOString(),
      awsRegion: "us-east-1",
      userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/${index}`, accountId: account },
      requestParameters: { name },
    },
  }));
