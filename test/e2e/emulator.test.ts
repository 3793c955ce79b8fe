import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  AssociateIamInstanceProfileCommand,
  CreateTagsCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "../support/emulator/start-emulator.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";

const account = "111122223333";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

interface Event {
  readonly "detail-type": string;
  readonly source: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

describe.skipIf(whyNoEmulator() !== undefined)("emulated AWS", () => {
  it("ends when whoever started it is killed", async () => {
    const start = new URL("../support/emulator/start-emulator.ts", import.meta.url).href;
    const code = `import { startEmulator } from ${JSON.stringify(start)}; console.log((await startEmulator()).endpoint); setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code]);
    const [said] = (await once(starter.stdout, "data")) as [Buffer];
    const health = `${said.toString().trim()}/_ministack/health`;
    expect((await fetch(health)).ok).toBe(true);
    starter.kill("SIGKILL");
    await vi.waitFor(() => expect(fetch(health)).rejects.toThrow("fetch failed"), {
      timeout: 10_000,
      interval: 200,
    });
  });
});

describe.skipIf(whyNoEmulator() !== undefined)("emulated AWS tells of calls as CloudTrail does", () => {
  let aws: Emulator;
  let iam: IAMClient;
  let ec2: EC2Client;
  let seen: () => Promise<Event>;

  beforeAll(async () => {
    aws = await startEmulator({ account });
    const config = { endpoint: aws.endpoint, region: aws.region, credentials: aws.root(account) };
    iam = new IAMClient(config);
    ec2 = new EC2Client(config);
    const events = new EventBridgeClient(config);
    const sqs = new SQSClient(config);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "seen" }));
    await events.send(
      new PutRuleCommand({
        Name: "all",
        EventPattern: JSON.stringify({ source: ["aws.iam", "aws.ec2", "aws.tag"] }),
      }),
    );
    const Arn = `arn:aws:sqs:${aws.region}:${account}:seen`;
    await events.send(new PutTargetsCommand({ Rule: "all", Targets: [{ Id: "seen", Arn }] }));
    const arrived: Event[] = [];
    seen = async () => {
      while (arrived.length === 0) {
        const got = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
        );
        arrived.push(...(got.Messages ?? []).map((message) => JSON.parse(message.Body ?? "") as Event));
      }
      return arrived.shift() as Event;
    };
  });
  afterAll(() => aws?.stop());

  it("an IAM write has lower-camel parameters and its actor", async () => {
    await iam.send(
      new CreateRoleCommand({
        RoleName: "r",
        AssumeRolePolicyDocument: trust,
        Tags: [{ Key: "a", Value: "b" }],
      }),
    );
    expect(await seen()).toMatchObject({
      "detail-type": "AWS API Call via CloudTrail",
      source: "aws.iam",
      detail: {
        eventName: "CreateRole",
        eventSource: "iam.amazonaws.com",
        requestParameters: {
          roleName: "r",
          assumeRolePolicyDocument: trust,
          tags: [{ key: "a", value: "b" }],
        },
        responseElements: { role: { arn: `arn:aws:iam::${account}:role/r` } },
        userIdentity: { type: "Root", arn: `arn:aws:iam::${account}:root` },
      },
    });
  });

  it("the ARN of a new policy is in the answer", async () => {
    const document =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    await iam.send(new CreatePolicyCommand({ PolicyName: "p", PolicyDocument: document }));
    expect((await seen()).detail).toMatchObject({
      responseElements: { policy: { arn: `arn:aws:iam::${account}:policy/p` } },
    });
  });

  it("an IAM event arrives in the home region wherever the call was signed", async () => {
    const elsewhere = new IAMClient({
      endpoint: aws.endpoint,
      region: "eu-west-1",
      credentials: aws.root(account),
    });
    await elsewhere.send(new UpdateAssumeRolePolicyCommand({ RoleName: "r", PolicyDocument: trust }));
    expect(await seen()).toMatchObject({
      region: "us-east-1",
      detail: { requestParameters: { roleName: "r" } },
    });
  });

  it("a failed call carries its error, a denied IAM call no parameters", async () => {
    await expect(iam.send(new DeleteRoleCommand({ RoleName: "none" }))).rejects.toThrow("not found");
    expect((await seen()).detail).toMatchObject({
      errorCode: "NoSuchEntity",
      requestParameters: { roleName: "none" },
    });
    await iam.send(new CreateUserCommand({ UserName: "nobody" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "nobody" }));
    await seen();
    expect(JSON.stringify((await seen()).detail)).not.toContain(AccessKey?.SecretAccessKey);
    const nobody = new IAMClient({
      endpoint: aws.endpoint,
      region: aws.region,
      credentials: {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      },
    });
    await expect(nobody.send(new DeleteRoleCommand({ RoleName: "r" }))).rejects.toThrow("not authorized");
    expect((await seen()).detail).toMatchObject({
      errorCode: "AccessDenied",
      requestParameters: null,
      userIdentity: { arn: `arn:aws:iam::${account}:user/nobody` },
    });
    expect(await aws.calls()).toContainEqual(
      expect.objectContaining({
        action: "iam:DeleteRole",
        principal: expect.stringContaining("user/nobody"),
        status: 403,
      }),
    );
  });

  it("an EC2 write has nested sets, a newer one its wrapper, and tagging a tag change as well", async () => {
    const Tags = [{ Key: "kubernetes.io/cluster/c", Value: "owned" }];
    const run = await ec2.send(
      new RunInstancesCommand({
        ImageId: "ami-12345678",
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [{ ResourceType: "instance", Tags }],
      }),
    );
    const id = run.Instances?.[0]?.InstanceId ?? "";
    expect((await seen()).detail).toMatchObject({
      requestParameters: {
        tagSpecificationSet: {
          items: [{ resourceType: "instance", tags: [{ key: "kubernetes.io/cluster/c", value: "owned" }] }],
        },
      },
      responseElements: { instancesSet: { items: [{ instanceId: id }] } },
    });
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "x", Value: "y" }] }));
    expect((await seen()).detail).toMatchObject({
      requestParameters: {
        resourcesSet: { items: [{ resourceId: id }] },
        tagSet: { items: [{ key: "x", value: "y" }] },
      },
    });
    expect(await seen()).toMatchObject({
      "detail-type": "Tag Change on Resource",
      source: "aws.tag",
      resources: [`arn:aws:ec2:us-east-1:${account}:instance/${id}`],
      detail: { "changed-tag-keys": ["x"], tags: { "kubernetes.io/cluster/c": "owned", x: "y" } },
    });
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "ip" }));
    await seen();
    await ec2.send(
      new AssociateIamInstanceProfileCommand({ InstanceId: id, IamInstanceProfile: { Name: "ip" } }),
    );
    expect((await seen()).detail).toMatchObject({
      requestParameters: {
        AssociateIamInstanceProfileRequest: { InstanceId: id, IamInstanceProfile: { Name: "ip" } },
      },
    });
  });

  it("while muted, a call makes no event", async () => {
    await aws.mute(true);
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: "r", PolicyDocument: trust }));
    await aws.mute(false);
    await iam.send(new DeleteRoleCommand({ RoleName: "r" }));
    expect((await seen()).detail["eventName"]).toBe("DeleteRole");
  });
});
