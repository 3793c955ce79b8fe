import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DescribeTagsCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../../lib/model/result.ts";
import { auditInProcess } from "../support/audit-in-process.ts";
import { pathWithAws, whyNoAwsCli } from "../support/aws-cli.ts";
import { type Emulator, startEmulator } from "../support/emulator/start-emulator.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { runProcess } from "../support/run-process.ts";

const account = "600000000001";
const cluster = `it's $(touch pwned) "c1" \`id\``;
const key = `kubernetes.io/cluster/${cluster}`;
const bystander = "kubernetes.io/cluster/other";
const missing = [whyNoEmulator(), whyNoAwsCli()].some((reason) => reason !== undefined);

describe.skipIf(missing)("the commands of a finding on a cluster's tags, run by a shell, put it back", () => {
  let aws: Emulator;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let ec2: EC2Client;
  const ids = { first: "", second: "", subnet: "", other: "", groupA: "", groupB: "" };

  beforeAll(async () => {
    aws = await startEmulator({ auth: false });
    folder = await mkdtemp(join(tmpdir(), "rolecall-mending-"));
    const config = { endpoint: aws.endpoint, region: aws.region, credentials: aws.root(account) };
    ec2 = new EC2Client(config);
    const iam = new IAMClient(config);
    const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
    await iam.send(
      new CreateRoleCommand({
        RoleName: "node",
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      }),
    );
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "node" }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: "node", RoleName: "node" }));
    iam.destroy();
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const VpcId = Vpc?.VpcId;
    const subnet = async (CidrBlock: string): Promise<string> =>
      (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }))).Subnet?.SubnetId ?? "";
    const group = async (GroupName: string): Promise<string> => {
      const { GroupId } = await ec2.send(
        new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId }),
      );
      await ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId,
          IpProtocol: "tcp",
          FromPort: 22,
          ToPort: 22,
          CidrIp: "10.0.0.0/8",
        }),
      );
      return GroupId ?? "";
    };
    const node = async (SubnetId: string, SecurityGroupIds: string[]): Promise<string> => {
      const { Instances } = await ec2.send(
        new RunInstancesCommand({
          ImageId: "ami-12345678",
          MinCount: 1,
          MaxCount: 1,
          SubnetId,
          SecurityGroupIds,
          IamInstanceProfile: { Name: "node" },
        }),
      );
      return Instances?.[0]?.InstanceId ?? "";
    };
    ids.subnet = await subnet("10.0.1.0/24");
    ids.other = await subnet("10.0.2.0/24");
    [ids.groupA, ids.groupB] = [await group("a"), await group("b")];
    [ids.first, ids.second] = [
      await node(ids.subnet, [ids.groupA, ids.groupB]),
      await node(ids.subnet, [ids.groupA, ids.groupB]),
    ];
    const tag = (resources: string[], Key: string, Value: string) =>
      ec2.send(new CreateTagsCommand({ Resources: resources, Tags: [{ Key, Value }] }));
    await tag([ids.first, ids.groupA, ids.groupB], key, "owned");
    await tag([ids.second], key, "mine");
    await tag([ids.subnet, ids.other], bystander, "shared");
    env = {
      ...aws.environment(aws.root(account)),
      PATH: await pathWithAws(folder, aws.endpoint, process.env["PATH"]),
    };
    await writeFile(
      join(folder, "rolecall.yml"),
      `version: 1\nplatforms:\n  rancher:\n    - cluster: ${JSON.stringify(cluster)}\n      region: ${aws.region}\n      graceSeconds: 0\n`,
    );
  });
  afterAll(async () => {
    ec2?.destroy();
    await aws?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Every finding's first command: of a decision's alternatives, the first. */
  const commandsOf = (results: readonly Result[]): readonly string[] =>
    results.flatMap(({ remediation }) => remediation.flatMap(({ command }) => command ?? []).slice(0, 1));

  test("two tagged groups, a wrong value, a subnet of another cluster; a cluster's id that a shell could obey", async () => {
    const failing = async (): Promise<readonly Result[]> =>
      (await auditInProcess(folder, env)).results.filter(
        (r) => r.verdict === "failed" && r.severity !== "info",
      );
    const first = await failing();
    expect(first.map(({ control }) => control)).toContain("cluster-node-groups");
    expect(first.map(({ control }) => control)).toContain("cluster-tag-value");
    expect(first.map(({ control }) => control)).toContain("cluster-subnet-tagged");
    for (const result of first) expect(commandsOf([result]).length, result.control).toBe(1);
    for (const command of new Set(commandsOf(first))) {
      await writeFile(join(folder, "script.sh"), command);
      const ran = await runProcess("sh", ["-eu", "script.sh"], { cwd: folder, env });
      expect(ran.code, `${command}\n${ran.err}`).toBe(0);
    }
    expect(await failing()).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual(["bin", "rolecall.yml", "script.sh"]);
    const { Tags = [] } = await ec2.send(new DescribeTagsCommand({}));
    expect(
      Tags.filter(({ ResourceId }) => ResourceId === ids.other).map(({ Key, Value }) => [Key, Value]),
    ).toEqual([[bystander, "shared"]]);
  });
});
