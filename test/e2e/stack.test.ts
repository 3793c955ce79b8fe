import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../../lib/config/load-config.ts";
import { type Emulator, startEmulator } from "../support/emulator/start-emulator.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { administrator } from "./stack/people.ts";
import { account, deploy, outputs, serverless } from "./stack/serverless.ts";
import { type Subscriber, subscribe } from "./stack/subscriber.ts";

const trustOf = (...principals: readonly object[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: principals.map((Principal) => ({ Effect: "Allow", Principal, Action: "sts:AssumeRole" })),
  });
const ec2 = { Service: "ec2.amazonaws.com" };
const stranger = (id: string) => ({ AWS: `arn:aws:iam::${id}:root` });

describe.skipIf(whyNoEmulator() !== undefined)("the deployed stack", () => {
  let aws: Emulator;
  /** Somebody else than whoever deployed: every edit is theirs. */
  let iam: IAMClient;
  let subscriber: Subscriber;
  let out: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const compiled = loadConfig("test/e2e/stack/rolecall.yml");
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
    const pinned = compiled.config.roles.flatMap((role) => role.permissions?.pinned ?? []);
    const managedPolicies = Object.fromEntries(
      pinned.map(({ arn, document }) => [arn.slice(arn.indexOf(":policy/") + 8), document]),
    );
    aws = await startEmulator({ account, managedPolicies });
    const root = { endpoint: aws.endpoint, region: aws.region, credentials: aws.root(account) };
    const Value = "the-organisation";
    await new SSMClient(root).send(
      new PutParameterCommand({ Name: "/rolecall/dockercloud", Value, Type: "SecureString" }),
    );
    const mallory = await administrator(aws, root.credentials, "mallory");
    iam = new IAMClient({ ...root, credentials: mallory });
    await iam.send(
      new CreateRoleCommand({ RoleName: "ecsInstanceRole", AssumeRolePolicyDocument: trustOf(ec2) }),
    );
    const PolicyArn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";
    await iam.send(new AttachRolePolicyCommand({ RoleName: "ecsInstanceRole", PolicyArn }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "ecsInstanceRole-profile" }));
    await iam.send(
      new AddRoleToInstanceProfileCommand({
        InstanceProfileName: "ecsInstanceRole-profile",
        RoleName: "ecsInstanceRole",
      }),
    );
    console.log(await deploy(aws));
    out = await outputs(aws);
    console.log(out);
    subscriber = await subscribe(
      new SQSClient(root),
      new SNSClient(root),
      out.get("AlertsTopic") ?? "",
      "subscriber",
    );
  }, 240_000);
  afterAll(() => aws?.stop());

  test("an edit that lets a stranger in is told, then its change, then its repair, each with its actor", async () => {
    const edit = (...principals: readonly object[]) =>
      iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: "ecsInstanceRole",
          PolicyDocument: trustOf(...principals),
        }),
      );
    await edit(ec2, stranger("999988887777"));
    const all = await subscriber.quiet(30);
    console.log(
      all.map((a) => [
        a.transition,
        a.result.control,
        a.result.verdict,
        a.result.detail,
        a.causes.map((c) => c.actor.who),
      ]),
    );
    await edit(ec2);
    const all2 = await subscriber.quiet(20);
    console.log(
      all2.map((a) => [
        a.transition,
        a.result.control,
        a.result.verdict,
        a.result.detail,
        a.causes.map((c) => c.actor.who),
      ]),
    );
    console.log(await serverless(aws, ["invoke", "-f", "audit"]));
    const { readFile, cp } = await import("node:fs/promises");
    await cp(aws.log, "/tmp/emu.log");
    await cp(aws.log.replace("emulator.log", "calls.jsonl"), "/tmp/calls.jsonl");
    void readFile;
    expect(1).toBe(1);
  });
});
