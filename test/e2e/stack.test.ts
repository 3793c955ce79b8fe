import { setTimeout as sleep } from "node:timers/promises";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { DeleteBucketPolicyCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { SNSClient } from "@aws-sdk/client-sns";
import {
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestAlertAnswer } from "../../functions/test-alert.ts";
import type { Report } from "../../lib/model/report.ts";
import type { Alert } from "../../lib/notify/alert.ts";
import type { ChatbotMessage } from "../../lib/notify/render-chatbot.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { declaredActions, runtimeActions } from "./stack/declared-actions.ts";
import { put, recorded, samples } from "./stack/events.ts";
import { functionLog, logged } from "./stack/function-log.ts";
import { remains } from "./stack/remains.ts";
import { ec2Service, stranger, trust, trusting } from "./stack/roles.ts";
import { account, deploy, outputs, serverless, stage } from "./stack/serverless.ts";
import { subscribe, subscribedQueue } from "./stack/subscriber.ts";
import { tourOfEc2, tourOfIam } from "./stack/tour.ts";
import { deployedWorld, mallory, type World } from "./stack/world.ts";

const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const about =
  (role: string, control = "trust-excess") =>
  (alert: Alert): boolean =>
    alert.result.resource.arn === roleArn(role) && alert.result.control === control;

describe.skipIf(whyNoEmulator() !== undefined)("the deployed stack", () => {
  let world: World;
  beforeAll(async () => {
    world = await deployedWorld();
  }, 300_000);
  afterAll(() => world?.stop());

  const open = async (role: string): Promise<readonly string[]> =>
    (await world.ledger.openFindings(account))
      .filter(({ state, result }) => state === "open" && result.resource.arn === roleArn(role))
      .map(({ result }) => result.control);

  test("an edit that lets a stranger in is told, then its change, then its repair, each with its actor", async () => {
    const { iam, subscriber } = world;
    await trust(iam, "busy-edited", ec2Service, stranger("999988887777"));
    const opened = await subscriber.alert(about("busy-edited"), "the opening");
    expect(opened.transition).toBe("opened");
    expect(opened.result.detail).toContain("999988887777");
    expect(opened.causes.map(({ action, actor }) => [action, actor.kind, actor.who, actor.from])).toEqual([
      ["iam:UpdateAssumeRolePolicy", "user", mallory, "127.0.0.1"],
    ]);

    await trust(iam, "busy-edited", ec2Service, stranger("666655554444"));
    const changed = await subscriber.alert(about("busy-edited"), "the change");
    expect(changed.transition).toBe("changed");
    expect(changed.finding).toBe(opened.finding);
    expect(changed.result.detail).toContain("666655554444");

    await trust(iam, "busy-edited", ec2Service);
    const resolved = await subscriber.alert(about("busy-edited"), "the resolution");
    expect(resolved.transition).toBe("resolved");
    expect(resolved.causes.at(-1)?.actor.who).toBe(mallory);
    expect(await open("busy-edited")).toEqual([]);
    expect(await world.ledger.pending(10)).toEqual([]);
    expect(await subscriber.quiet(2)).toEqual([]);
  });

  test("a burst of sixty edits is a few reads, one finding and a message or two, and ends with the last", async () => {
    const { iam, subscriber } = world;
    const before = { reads: await readsOf(world, "busy-burst"), messages: subscriber.received.length };
    for (let edit = 1; edit <= 60; edit++)
      await trust(iam, "busy-burst", ec2Service, stranger(`9000000000${String(edit).padStart(2, "0")}`));
    const last = "900000000060";
    const alerts: Alert[] = [];
    for (;;) {
      alerts.push(await subscriber.alert(about("busy-burst"), "the last of sixty edits"));
      if (alerts.at(-1)?.result.detail.includes(last) === true) break;
    }
    expect(alerts[0]?.transition).toBe("opened");
    expect(new Set(alerts.map(({ finding }) => finding)).size).toBe(1);
    await subscriber.quiet(8);
    expect(await open("busy-burst")).toEqual(["trust-excess"]);
    expect((await readsOf(world, "busy-burst")) - before.reads).toBeLessThan(30);
    expect(subscriber.received.length - before.messages).toBeLessThan(10);
    await trust(iam, "busy-burst", ec2Service);
    await subscriber.alert(about("busy-burst"), "the repair of the busy role");
  });

  test("an event that comes twice, and two that come in the wrong order, tell what the account is, once", async () => {
    const { aws, iam, subscriber } = world;
    await aws.mute(true);
    await trust(iam, "busy-order", ec2Service, stranger("222233334444"));
    const parameters = { roleName: "busy-order", policyDocument: "long gone" };
    const twice = recorded("UpdateAssumeRolePolicy", parameters);
    await put(world, twice, twice);
    const told = await subscriber.alert(about("busy-order"), "the duplicate's finding");
    expect(told.causes.map(({ event }) => event)).toEqual([twice.detail["eventID"]]);
    await put(world, twice);
    expect(await subscriber.quiet(8)).toEqual([]);

    const early = recorded("UpdateAssumeRolePolicy", parameters, { eventTime: "2026-01-01T00:00:00Z" });
    const late = recorded("UpdateAssumeRolePolicy", parameters, { eventTime: "2026-01-01T00:01:00Z" });
    await trust(iam, "busy-order", ec2Service);
    await aws.mute(false);
    await put(world, late, early);
    const resolved = await subscriber.alert(about("busy-order"), "the resolution");
    expect(resolved.transition).toBe("resolved");
    expect(await subscriber.quiet(6)).toEqual([]);
    expect(await open("busy-order")).toEqual([]);
  });

  test("a change of a policy is told for each of the ten roles that share it", async () => {
    const { iam, subscriber } = world;
    const allowing = (Action: string): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action, Resource: "arn:aws:s3:::example/*" }],
      });
    await iam.send(
      new CreatePolicyCommand({ PolicyName: "shared", PolicyDocument: allowing("s3:GetObject") }),
    );
    const PolicyArn = `arn:aws:iam::${account}:policy/shared`;
    const names = Array.from({ length: 10 }, (_, index) => `shared-${index}`);
    for (const RoleName of names) {
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(ec2Service) }));
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    await subscriber.quiet(10);
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing("s3:*"), SetAsDefault: true }),
    );
    for (const name of names) {
      // A second look at the role may overtake the event: then its maker is told when the event has come.
      const isExcess = about(name, "permissions-excess");
      const alert = await subscriber.alert(
        (one) => isExcess(one) && one.causes.length > 0,
        `the excess of ${name}, and who made it`,
      );
      expect(alert.causes.map(({ action, actor }) => [action, actor.who])).toEqual([
        ["iam:CreatePolicyVersion", mallory],
      ]);
    }
  });

  test("a burst that several runs judge is told together, whoever nudged", async () => {
    const { iam, subscriber } = world;
    const names = Array.from({ length: 10 }, (_, index) => `shared-${index}`);
    await subscriber.quiet(8);
    const before = subscriber.received.length;
    await Promise.all(names.map((name) => trust(iam, name, ec2Service, stranger("888877776666"))));
    for (const name of names) await subscriber.alert(about(name), `the stranger in ${name}`);
    await subscriber.quiet(6);
    expect(subscriber.received.length - before).toBeLessThanOrEqual(3);
  });

  test("what cannot be read resolves nothing, blindness is told, and sight brings back the truth", async () => {
    const { iam, rootIam, subscriber } = world;
    await trust(iam, "busy-blind", ec2Service, stranger("222233334444"));
    await subscriber.alert(about("busy-blind"), "the finding before the blindness");
    const RoleName = await roleOf(world, "OnChangeRole");
    const deny = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "iam:GetRole", Resource: "*" }],
    };
    const policy = { RoleName, PolicyName: "blindfold" };
    await rootIam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: JSON.stringify(deny) }));
    await trust(iam, "busy-blind", ec2Service);
    const blind = await subscriber.alert(
      ({ result }) => result.control === "rolecall-can-see" && result.resource.arn.includes("busy-blind"),
      "the blindness",
      90,
    );
    expect(blind.transition).toBe("opened");
    expect(blind.result.detail).toContain("iam:GetRole");
    expect(await open("busy-blind")).toEqual(["trust-excess"]);
    await rootIam.send(new DeleteRolePolicyCommand(policy));
    await trust(iam, "busy-blind", ec2Service);
    expect((await subscriber.alert(about("busy-blind"), "the resolution", 90)).transition).toBe("resolved");
  });

  test("a lost event is healed by the schedule, with nobody named until it comes after all", async () => {
    const { aws, iam, subscriber } = world;
    await aws.mute(true);
    await trust(iam, "ecsInstanceRole", ec2Service, stranger("777766665555"));
    const eventTime = new Date().toISOString();
    await aws.mute(false);
    expect((await subscriber.quiet(5)).filter(about("ecsInstanceRole"))).toEqual([]);
    await serverless(aws, ["invoke", "-f", "onSchedule"]);
    const alert = await subscriber.alert(about("ecsInstanceRole"), "what the lost event did");
    expect(alert.causes).toEqual([]);
    const event = recorded("UpdateAssumeRolePolicy", { roleName: "ecsInstanceRole" }, { eventTime });
    await put(world, event);
    const late = await subscriber.alert(({ explains }) => explains === alert.id, "who did it");
    expect(late.transition).toBe("changed");
    expect(late.result.digest).toBe(alert.result.digest);
    expect(late.causes.map((cause) => cause.event)).toEqual([event.detail["eventID"]]);
    await put(world, event);
    expect((await subscriber.quiet(6)).filter(about("ecsInstanceRole"))).toEqual([]);
  });

  test("an audit that fails three times lies among the dead letters, with the function's name", async () => {
    const { aws, rootIam, sqs } = world;
    const RoleName = await roleOf(world, "OnAuditRole");
    const Statement = [{ Effect: "Deny", Action: "dynamodb:Query", Resource: "*" }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await rootIam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "forgetful", PolicyDocument }));
    await serverless(aws, ["invoke", "-f", "onSchedule"]);
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const QueueUrl = QueueUrls.find((url) => url.includes("FunctionsDead"));
    const letters: string[] = [];
    await until(async () => {
      const got = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
      letters.push(...(got.Messages ?? []).map(({ Body = "" }) => Body));
      return letters.some((body) => body.includes("requestContext") && body.includes('"kind": "account"'));
    }, "the audit among the dead letters");
    await rootIam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "forgetful" }));
    const letter = letters.find((body) => body.includes('"kind": "account"')) ?? "{}";
    expect(JSON.parse(letter)).toMatchObject({
      requestContext: {
        functionArn: expect.stringContaining("onAudit") as unknown,
        condition: "RetriesExhausted",
      },
      requestPayload: [{ rolecall: "look", why: "audit" }],
    });
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  });

  test("an audit on demand answers with the report, and only of what was asked for", async () => {
    const text = await serverless(world.aws, ["invoke", "-f", "audit", "-d", '{"platform":"ecs"}']);
    const report = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as Report;
    expect(report.schema).toBe("rolecall.report.v1");
    expect(new Set(report.results.map(({ platform }) => platform))).toEqual(new Set(["ecs"]));
    expect(
      report.results.filter(({ verdict }) => verdict === "failed").map(({ control }) => control),
    ).toEqual(["trust-excess"]);
    await expect(
      serverless(world.aws, ["invoke", "-f", "audit", "-d", '{"platform":"rancer"}']),
    ).rejects.toThrow("nothing of the platform `rancer` is watched");
  });

  test("a test alert goes through every route, and the answer says which of them are confirmed", async () => {
    const { aws, slack, sns, sqs, subscriber } = world;
    const chat = await chatMessages(sqs, sns, world.outputs.get("ChatTopic") ?? "");
    const before = slack.posted.length;
    const text = await serverless(aws, ["invoke", "-f", "audit", "-d", '{"testAlert":true}']);
    const answer = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as TestAlertAnswer;
    const protocols = answer.routes.map(({ protocol }) => protocol);
    expect(protocols.toSorted()).toEqual(["email", "lambda", "lambda", "sqs"]);
    expect(answer.routes.find(({ protocol }) => protocol === "email")?.endpoint).toBe("s…@example.com");
    await subscriber.alert(({ result }) => result.control === "test-alert", "the test alert");
    await until(
      () => slack.posted.slice(before).some((message) => message.text.startsWith("TEST: ")),
      "Slack",
    );
    expect((await chat("the chat")).metadata.eventType).toMatch(/^rolecall\./u);
    await subscriber.quiet(3);
  });

  test("a revoked Slack webhook leaves its alert among the dead letters, and the others are told", async () => {
    const { aws, slack, sqs, subscriber } = world;
    slack.answer(404);
    await serverless(aws, ["invoke", "-f", "audit", "-d", '{"testAlert":true}']);
    await subscriber.alert(({ result }) => result.control === "test-alert", "the test alert");
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const dead = QueueUrls.find((url) => url.includes("FunctionsDead"));
    await until(async () => {
      const got = await sqs.send(new ReceiveMessageCommand({ QueueUrl: dead, WaitTimeSeconds: 1 }));
      return (got.Messages ?? []).length > 0;
    }, "the dead letter");
    slack.answer(200);
    await subscriber.quiet(3);
  });

  test("while SNS refuses, nothing is lost; when it takes again, everything is told", async () => {
    const { iam, rootIam, subscriber } = world;
    const RoleName = await roleOf(world, "NotifyRole");
    const deny = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "sns:Publish", Resource: "*" }],
    };
    const policy = { RoleName, PolicyName: "gag" };
    await rootIam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: JSON.stringify(deny) }));
    await trust(iam, "busy-gagged", ec2Service, stranger("333344445555"));
    await logged(world, (lines) =>
      lines.some(({ message }) => message === "digest refused") ? [] : ["a refusal"],
    );
    expect((await world.ledger.pending(10)).length).toBeGreaterThan(0);
    await rootIam.send(new DeleteRolePolicyCommand(policy));
    // The sweep comes every minute.
    expect((await subscriber.alert(about("busy-gagged"), "what SNS refused", 100)).transition).toBe("opened");
    // What Rolecall has to say of its own role may wait for company still.
    await until(async () => (await world.ledger.pending(10)).length === 0, "the end of what waits", 75);
  });

  test("every kind of IAM's and EC2's events arrives, made by a real call", async () => {
    const before = (await functionLog(world)).length;
    await tourOfIam(world);
    await tourOfEc2(world);
    const byMallory = (
      lines: readonly { readonly action?: string; readonly actor?: string; message: string }[],
    ) =>
      new Set(
        lines
          .filter((line) => line.message === "change read" && line.actor === mallory)
          .map(({ action }) => action),
      );
    const kinds = [...samples().keys()]
      .filter((name) => /^(iam|ec2)\//u.test(name))
      .map((name) => name.replace("/", ":"))
      .filter((name) => !unknownToTheEmulator.has(name));
    expect(kinds.length).toBe(56 - unknownToTheEmulator.size);
    await logged(world, (lines) => {
      const seen = byMallory(lines.slice(before));
      return kinds.filter((kind) => !seen.has(kind));
    });
  });

  test("every sample event is read, and the odd ones do no harm", async () => {
    const renewed = [...samples()].map(([name, sample]) => {
      const id = `e2e-${name}`;
      return { id, name, sample: { ...sample, detail: { ...sample.detail, eventID: id } } };
    });
    await put(world, ...renewed.map(({ sample }) => sample));
    const expected = renewed.filter(({ name }) => !/^(odd|tag)\//u.test(name)).map(({ id }) => id);
    expect(expected.length).toBe(99);
    await logged(world, (lines) => {
      const seen = new Set(
        lines.filter(({ message }) => message === "change read").flatMap(({ trace }) => trace ?? []),
      );
      return expected.filter((id) => !seen.has(id));
    });
  });

  test("poison ends in the dead-letter queue, and what came with it is judged all the same", async () => {
    const { sqs } = world;
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const urlOf = (name: string): string => QueueUrls.find((url) => url.includes(`-${name}-`)) ?? "";
    const QueueUrl = urlOf("Changes");
    const attributes = async (Attributes: Readonly<Record<string, string>>): Promise<void> => {
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { ...Attributes } }));
    };
    // As deployed it takes an hour until a message has come five times.
    await attributes({ VisibilityTimeout: "1" });
    const good = recorded("TagRole", { roleName: "ecsInstanceRole" });
    const event = {
      ...good,
      version: "0",
      id: "good",
      account,
      region: "us-east-1",
      time: new Date().toISOString(),
    };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "poison" }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
    const id = String(good.detail["eventID"]);
    await logged(world, (lines) =>
      lines.some(({ trace }) => trace?.includes(id)) ? [] : ["the good event"],
    );
    const dead = { QueueUrl: urlOf("ChangesDead"), WaitTimeSeconds: 5 };
    let bodies: readonly (string | undefined)[] = [];
    for (let tries = 0; tries < 10 && bodies.length === 0; tries++)
      bodies = ((await sqs.send(new ReceiveMessageCommand(dead))).Messages ?? []).map(({ Body }) => Body);
    expect(bodies).toEqual(["poison"]);
    await attributes({ VisibilityTimeout: "720" });
  });

  test("deployed again with another schedule it still knows what it knew, and Scheduler calls the roll", async () => {
    const { aws, iam, subscriber } = world;
    expect(await open("ecsInstanceRole")).toEqual(["trust-excess"]);
    await subscriber.quiet(2);
    await deploy(aws, { schedule: "rate(1 minute)" });
    expect(await open("ecsInstanceRole")).toEqual(["trust-excess"]);
    await aws.mute(true);
    await trust(iam, "ecsInstanceRole", ec2Service);
    await aws.mute(false);
    const resolved = await subscriber.alert(about("ecsInstanceRole"), "what the schedule found", 180);
    expect(resolved.transition).toBe("resolved");
  });

  test("no function made a call that its adapters do not declare", async () => {
    const calls = (await world.aws.calls()).filter(({ principal }) =>
      principal.includes(`assumed-role/rolecall-${stage}-`),
    );
    expect(calls.length).toBeGreaterThan(500);
    const declared = new Set([...(await declaredActions()), ...runtimeActions]);
    // A transaction is allowed by the actions of its items.
    const called = new Set(calls.map(({ action }) => action.replace("TransactWriteItems", "PutItem")));
    expect([...called].filter((action) => !declared.has(action))).toEqual([]);
    const refused = new Set(calls.filter(({ status }) => status === 403).map(({ action }) => action));
    // The third: one of the odd samples names another account's policy.
    const foreseen = ["dynamodb:Query", "iam:GetRole", "iam:ListEntitiesForPolicy", "sns:Publish"];
    expect([...refused].toSorted(), "refused beyond what the tests took away").toEqual(foreseen);
  });

  test("removed, it leaves the ledger and nothing else; deployed over that ledger it tells nothing twice", async () => {
    const { aws, outputs: out, s3, sns, sqs } = world;
    const [table = "", bucket = ""] = [out.get("LedgerTable"), out.get("ReportsBucket")];
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "a-report.json", Body: "{}" }));
    const known = new Set((await world.ledger.openFindings(account)).map(({ id }) => id));
    expect(known.size).toBeGreaterThan(0);
    await serverless(aws, ["remove"], { email: "someone@example.com" });
    expect(await remains(world)).toEqual({
      tables: [table],
      functions: [],
      queues: [],
      topics: [],
      rules: [],
      schedules: [],
      roles: [],
      buckets: [],
      alarms: [],
    });

    await deploy(aws, { ledger: table });
    const topic = (await outputs(aws)).get("AlertsTopic") ?? "";
    const again = await subscribe(sqs, sns, topic, "again");
    await serverless(aws, ["invoke", "-f", "onSchedule"]);
    const told = await again.quiet(15);
    expect(told.filter(({ finding, transition }) => transition === "opened" && known.has(finding))).toEqual(
      [],
    );
    expect((await world.ledger.openFindings(account)).length).toBeGreaterThanOrEqual(known.size);
  });
});

/** Kinds of calls that the emulator does not make; their samples are read all the same. */
const unknownToTheEmulator: ReadonlySet<string> = new Set([
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateUser",
  "iam:CreateServiceLinkedRole",
  "iam:DeleteServiceLinkedRole",
  "ec2:CreateFleet",
  "ec2:ModifyInstanceAttribute",
  "ec2:ModifyNetworkInterfaceAttribute",
  "ec2:AttachNetworkInterface",
  "ec2:DetachNetworkInterface",
  "ec2:DeleteSubnet",
]);

/** How often a role was read. */
const readsOf = async ({ aws }: World, role: string): Promise<number> =>
  (await aws.calls()).filter(
    ({ action, resource, principal }) =>
      action === "iam:GetRole" && resource.endsWith(`:role/${role}`) && principal.includes("OnChangeRole"),
  ).length;

/** The physical name of one of the stack's roles, as it has shown itself by calling. */
/** What is published for chat, one message at a time. */
async function chatMessages(
  sqs: SQSClient,
  sns: SNSClient,
  topic: string,
): Promise<(what: string) => Promise<ChatbotMessage>> {
  const QueueUrl = await subscribedQueue(sqs, sns, topic, "chat-reader");
  return async (what) => {
    let body: string | undefined;
    await until(async () => {
      const got = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
      body = got.Messages?.[0]?.Body;
      return body !== undefined;
    }, what);
    return JSON.parse((JSON.parse(body ?? "{}") as { Message: string }).Message) as ChatbotMessage;
  };
}

async function until(met: () => boolean | Promise<boolean>, what: string, seconds = 45): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await met())) {
    if (Date.now() > end) throw new Error(`it did not come: ${what}`);
    await sleep(200);
  }
}

async function roleOf({ aws }: World, logical: string): Promise<string> {
  const pattern = new RegExp(`assumed-role/([^/]*${logical}[^/]*)/`, "u");
  for (const { principal } of await aws.calls()) {
    const name = pattern.exec(principal)?.[1];
    if (name !== undefined) return name;
  }
  throw new Error(`no call by ${logical}`);
}
