import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { run } from "../../lib/cli/main.ts";
import type { Report } from "../../lib/model/report.ts";
import { pathWithAws, whyNoAwsCli } from "../support/aws-cli.ts";
import { type Emulator, startEmulator } from "../support/emulator/start-emulator.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runProcess } from "../support/run-process.ts";
import { pinnedPolicies } from "./pinned-policies.ts";

const missing = [whyNoEmulator(), whyNoAwsCli()].some((reason) => reason !== undefined);

const config = `version: 1
platforms:
  ecs:
    - role: ecsInstanceRole
    - role: ecs-blue
  rancher:
    - cluster: c1
      region: us-east-1
roles:
  - role: ops
    path: /team/
    profile: none
`;

const trust = (Service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
  });

describe.skipIf(missing)("one account, seen live, saved by the AWS CLI and saved by Rolecall", () => {
  let aws: Emulator;
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    aws = await startEmulator({ auth: false, managedPolicies: pinnedPolicies() });
    folder = await mkdtemp(join(tmpdir(), "rolecall-saved-"));
    const credentials = aws.root("111122223333");
    env = {
      ...aws.environment(credentials),
      PATH: await pathWithAws(folder, aws.endpoint, process.env["PATH"]),
    };
    await writeFile(join(folder, "rolecall.yml"), config);
    const client = { endpoint: aws.endpoint, region: aws.region, credentials };
    await makeAccount(new IAMClient(client), new EC2Client(client));
  });
  afterAll(async () => {
    await aws?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function rolecall(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const io = fakeIo({ cwd: folder, env });
    const code = await run(argv, io);
    vi.unstubAllEnvs();
    return { code, ...io.said };
  }

  async function audit(...argv: string[]): Promise<Report> {
    const { out, err } = await rolecall("audit", "--format", "json", ...argv);
    if (out === "") throw new Error(err);
    return JSON.parse(out);
  }

  test("is judged the same to the digest", async () => {
    const live = await audit();
    expect(live.summary.unavailable).toBe(0);
    expect(live.summary.failed).toBeGreaterThan(2);
    expect(live.summary.passed).toBeGreaterThan(10);

    const byCli = join(folder, "by-cli");
    await mkdir(join(byCli, aws.region), { recursive: true });
    for (const [file, ...words] of [
      ["get-caller-identity", "sts", "get-caller-identity"],
      ["get-account-authorization-details", "iam", "get-account-authorization-details"],
      ["list-instance-profiles", "iam", "list-instance-profiles"],
      ...["instances", "security-groups", "subnets", "route-tables"].map((what) => [
        `${aws.region}/describe-${what}`,
        "ec2",
        `describe-${what}`,
      ]),
    ]) {
      const ran = await runProcess("aws", [...words, "--region", aws.region, "--output", "json"], {
        cwd: byCli,
        env,
      });
      expect(ran).toMatchObject({ code: 0 });
      await writeFile(join(byCli, `${file}.json`), ran.out);
    }
    const saved = await rolecall("snapshot", "by-rolecall", "--region", aws.region);
    expect(saved).toMatchObject({ code: 0, out: "" });

    const own = await audit("--snapshot", "by-rolecall");
    expect({ ...own, at: live.at, source: "live" }).toEqual(live);
    // The emulator leaves AWS's own policies out of what the CLI saves, which AWS does not: that role is unseen.
    const others = ({ results }: Report) =>
      results.filter(({ resource }) => !resource.arn.endsWith("/ecs-blue"));
    const byHand = await audit("--snapshot", "by-cli");
    expect(others(byHand)).toEqual(others(live));
    expect(byHand.summary.unavailable).toBeGreaterThan(0);
  });
});

async function makeAccount(iam: IAMClient, ec2: EC2Client): Promise<void> {
  const role = (RoleName: string, service: string, Path = "/") =>
    iam.send(
      new CreateRoleCommand({
        RoleName,
        Path,
        AssumeRolePolicyDocument: trust(service),
        Tags: [{ Key: "team", Value: "équipe" }],
      }),
    );
  const PolicyArn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";
  await role("ecsInstanceRole", "ec2.amazonaws.com");
  await role("ecs-blue", "ecs.amazonaws.com");
  await role("ops", "ec2.amazonaws.com", "/team/");
  await role("bystander", "lambda.amazonaws.com");
  await iam.send(new CreateUserCommand({ UserName: "jane" }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: "ecs-blue", PolicyArn }));
  const PolicyDocument = JSON.stringify(pinnedPolicies()["service-role/AmazonEC2ContainerServiceforEC2Role"]);
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "ecs-nodes", PolicyDocument }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: "ecsInstanceRole", PolicyArn: Policy?.Arn }));
  const document = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:Get*", "s3:%2A"], Resource: "arn:aws:s3:::b/${aws:username}/100%" },
    ],
  };
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: "ecs-blue",
      PolicyName: "more",
      PolicyDocument: JSON.stringify(document),
    }),
  );
  for (const InstanceProfileName of ["ecsInstanceRole", "empty"])
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  await iam.send(
    new AddRoleToInstanceProfileCommand({
      InstanceProfileName: "ecsInstanceRole",
      RoleName: "ecsInstanceRole",
    }),
  );
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
  const subnet = Subnets?.[0];
  const groups: string[] = [];
  for (const GroupName of ["one", "two"]) {
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({
        GroupName,
        Description: "d",
        ...(subnet?.VpcId === undefined ? {} : { VpcId: subnet.VpcId }),
      }),
    );
    if (GroupId !== undefined) groups.push(GroupId);
  }
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: "ami-12345678",
      MinCount: 1,
      MaxCount: 1,
      SecurityGroupIds: groups,
      IamInstanceProfile: { Name: "ecsInstanceRole" },
      ...(subnet?.SubnetId === undefined ? {} : { SubnetId: subnet.SubnetId }),
    }),
  );
  const tagged = [Instances?.[0]?.InstanceId, ...groups].filter((id) => id !== undefined);
  await ec2.send(
    new CreateTagsCommand({ Resources: tagged, Tags: [{ Key: "kubernetes.io/cluster/c1", Value: "owned" }] }),
  );
}
