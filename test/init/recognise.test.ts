import { describe, expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import { configInMemory } from "../../lib/init/config-in-memory.ts";
import { recognise } from "../../lib/init/recognise.ts";
import { renderConfig } from "../../lib/init/render-config.ts";
import type { Facts } from "../../lib/model/facts.ts";
import { accountOf, allow, ec2Trust, type RoleInput, trusting } from "../support/account.ts";

const secret = "acme-prod-7731";
const docker = trusting(
  { AWS: "arn:aws:iam::689684103426:root" },
  { StringEquals: { "sts:ExternalId": secret } },
);
const policyOf = (platform: string, name: string): object =>
  (catalogue.find((each) => each.platform === platform)?.policies[name]?.document ?? {}) as object;
const controlplane = policyOf("rancher", "controlplane");
const worker = policyOf("rancher", "worker");
const kommander = policyOf("kommander", "cluster");
const ecs = policyOf("ecs", "AmazonEC2ContainerServiceforEC2Role");
const both = trusting({ Service: "ec2.amazonaws.com", AWS: "arn:aws:iam::210987654321:root" });

const guessesOf = (...roles: RoleInput[]): string[] =>
  recognise(accountOf({ roles }), catalogue).roles.map(
    ({ platform, role, keys }) => `${platform} ${role} ${JSON.stringify(keys)}`,
  );
const compiled = (facts: Facts) =>
  compileConfig(
    {
      file: "rolecall.yml",
      bytes: new TextEncoder().encode(renderConfig(recognise(facts, catalogue), facts, catalogue)),
    },
    { catalogue, controls: controlIds, read: () => undefined },
  );

describe("recognising the roles of platforms", () => {
  test("a role that trusts Docker Cloud's account is Docker Cloud's, whatever it is called", () => {
    expect(guessesOf({ name: "legacy", trust: docker })).toEqual(['docker-cloud legacy {"expect":"absent"}']);
  });

  test("a role that another platform needs is that one's, though Docker Cloud's account is let in too", () => {
    const trust = trusting({ Service: "ec2.amazonaws.com", AWS: "689684103426" });
    expect(guessesOf({ name: "ecsInstanceRole", trust, inline: { p: ecs } })).toEqual([
      "ecs ecsInstanceRole {}",
    ]);
  });

  test("Docker Cloud's forms are told apart: one region, Swarm mode, another trusted account", () => {
    const region = allow("ec2:*", "*", { StringEquals: { "ec2:Region": "us-west-2" } });
    expect(
      guessesOf(
        { name: "dockercloud-role", trust: docker, inline: { p: region } },
        {
          name: "dockercloud-role-acme",
          trust: trusting({ AWS: "444455556666" }),
          inline: { p: allow("ec2:*") },
        },
        {
          name: "dockercloud-role-both",
          trust: docker,
          inline: { "dockercloud-policy": region, "dockercloud-swarm-policy": allow("sqs:CreateQueue") },
        },
        { name: "dockercloud-swarm-role", trust: docker, inline: { p: region } },
      ),
    ).toEqual([
      'docker-cloud dockercloud-role {"externalId":"${env:DOCKERCLOUD_ID}","region":"us-west-2"}',
      'docker-cloud dockercloud-role-acme {"externalId":"${env:DOCKERCLOUD_ID}"}',
      'docker-cloud dockercloud-role-both {"swarm":true,"nodeClusters":true,"externalId":"${env:DOCKERCLOUD_ID}","region":"us-west-2"}',
      'docker-cloud dockercloud-swarm-role {"swarm":true,"externalId":"${env:DOCKERCLOUD_ID}"}',
    ]);
  });

  test("roles that ask for different ExternalIds read them from different variables", () => {
    const other = trusting({ AWS: "689684103426" }, { StringEquals: { "sts:ExternalId": "another" } });
    expect(
      guessesOf({ name: "dockercloud-role-a", trust: docker }, { name: "dockercloud-role-b", trust: other }),
    ).toEqual([
      'docker-cloud dockercloud-role-a {"externalId":"${env:DOCKERCLOUD_ID}"}',
      'docker-cloud dockercloud-role-b {"externalId":"${env:DOCKERCLOUD_ID_2}"}',
    ]);
  });

  test("container instances are known by AWS's policy, by one like it, or by the documented name", () => {
    expect(
      guessesOf(
        { name: "a-web", attached: ["service-role/AmazonEC2ContainerServiceforEC2Role"] },
        { name: "b-own", inline: { p: ecs } },
        { name: "ecsAnywhereRole", trust: trusting({ Service: "ssm.amazonaws.com" }) },
        { name: "ecsInstanceRole", trust: trusting({ Service: "lambda.amazonaws.com" }) },
        {
          name: "ecsInstanceRole-managed",
          attached: ["AmazonECSInstanceRolePolicyForManagedInstances"],
        },
      ),
    ).toEqual([
      "ecs a-web {}",
      "ecs b-own {}",
      'ecs ecsAnywhereRole {"anywhere":true}',
      "ecs ecsInstanceRole {}",
      'ecs ecsInstanceRole-managed {"managedInstances":true}',
    ]);
  });

  test("Rancher's nodes are known by their list of actions, or by name and trust together", () => {
    expect(
      guessesOf(
        { name: "k8s-cp", inline: { p: controlplane } },
        { name: "k8s-workers", inline: { p: worker } },
        { name: "k8s-x", inline: { p: worker, q: allow("ec2:DescribeAvailabilityZones") } },
        { name: "rancher-all", inline: { a: controlplane, b: worker } },
        { name: "rancher-worker-1", inline: { p: allow("ec2:*") } },
        { name: "rancher-controlplane", attached: ["AdministratorAccess"] },
      ).sort(),
    ).toEqual([
      'rancher k8s-cp {"node":"controlplane"}',
      'rancher k8s-workers {"node":"worker"}',
      'rancher k8s-x {"node":"worker"}',
      'rancher rancher-all {"node":"both"}',
      'rancher rancher-controlplane {"node":"controlplane"}',
      'rancher rancher-worker-1 {"node":"worker"}',
    ]);
  });

  test("Kommander's role is known by its policy or by name and trust, and its manager by what it may assume", () => {
    const arn = "arn:aws:iam::210987654321:role/kommander-role";
    expect(
      guessesOf(
        { name: "kommander-role", trust: both, inline: { p: kommander } },
        { name: "kommander-mgmt", inline: { p: allow("sts:AssumeRole", arn) } },
        { name: "dkp-bootstrapper-role", trust: both, inline: { p: kommander } },
      ),
    ).toEqual([
      'kommander dkp-bootstrapper-role {"dkp":true}',
      'kommander kommander-role {"managementRole":"kommander-mgmt"}',
    ]);
  });

  test("a tag is as good a sign as a name", () => {
    const some = [
      "ec2:DescribeInstances",
      "ecr:BatchGetImage",
      "ecr:ListImages",
      "ecr:GetAuthorizationToken",
    ];
    const tags = (platform: string) => ({ tags: { platform } });
    expect(
      guessesOf(
        {
          name: "a",
          inline: { p: allow([...some, "ec2:DescribeRegions", "ecr:DescribeRepositories"]) },
          ...tags("rancher"),
        },
        { name: "b-node", inline: { p: allow(some) }, ...tags("rancher") },
        { name: "c", trust: both, inline: { p: allow("ec2:RunInstances") }, ...tags("Kommander") },
        {
          name: "d",
          trust: trusting({ AWS: "444455556666" }),
          inline: { p: allow("ec2:*") },
          ...tags("docker-cloud"),
        },
        { name: "e", inline: { p: allow("s3:*") }, ...tags("rancher") },
      ),
    ).toEqual([
      'rancher a {"node":"worker"}',
      'rancher b-node {"node":"worker"}',
      "kommander c {}",
      'docker-cloud d {"externalId":"${env:DOCKERCLOUD_ID}"}',
    ]);
  });

  test("bystanders that look alike are left alone", () => {
    const more = [
      ...new Set([...statementActions(kommander), ...Array.from({ length: 50 }, (_, n) => `eks:Do${n}`)]),
    ];
    expect(
      guessesOf(
        { name: "rancher-backup", inline: { p: allow("s3:PutObject") } },
        {
          name: "ecsTaskExecutionRole",
          trust: trusting({ Service: "ecs-tasks.amazonaws.com" }),
          attached: ["service-role/AmazonECSTaskExecutionRolePolicy"],
        },
        { name: "dockercloud-role-archive", trust: trusting({ Service: "lambda.amazonaws.com" }) },
        {
          name: "docker-cloud-deployer",
          trust: trusting({ AWS: "444455556666" }, { StringEquals: { "sts:ExternalId": "x1" } }),
        },
        { name: "controllers.cluster-api-provider-aws.sigs.k8s.io", inline: { p: allow(more) } },
        { name: "nodes.cluster-api-provider-aws.sigs.k8s.io", inline: { p: worker } },
        { name: "masters.k8s.example.com", inline: { p: controlplane } },
        { name: "eks-node-group", attached: ["AmazonEKSWorkerNodePolicy"] },
        { name: "admin", inline: { p: allow("*") }, trust: ec2Trust },
        { name: "ec2-admin", inline: { p: allow(["ec2:*", "ecr:*", "elasticloadbalancing:*"]) } },
        { name: "kommander-grafana", inline: { p: allow("cloudwatch:GetMetricData") } },
        { name: "AWSServiceRoleForECS", path: "/aws-service-role/ecs.amazonaws.com/", inline: { p: ecs } },
        { name: "ci-describe", inline: { p: allow(["ec2:DescribeInstances", "ec2:DescribeRegions"]) } },
      ),
    ).toEqual([]);
  });

  test("documents that nobody can read spoil nothing", () => {
    expect(
      guessesOf(
        { name: "odd", trust: "{", inline: { p: "%7B%7D", q: "[[[[" } },
        { name: "ecsInstanceRole", inline: { p: "\u0000" } },
      ),
    ).toEqual(["ecs ecsInstanceRole {}"]);
  });
});

describe("recognising clusters", () => {
  const tag = (id: string) => ({ [`kubernetes.io/cluster/${id}`]: "owned" });
  const nodes: RoleInput[] = [
    { name: "rancher-controlplane", inline: { p: controlplane }, profiles: ["cp"] },
    { name: "rancher-worker", inline: { p: worker }, profiles: ["w"] },
  ];

  test("a cluster is watched with the roles that its nodes carry", () => {
    const facts = accountOf({
      roles: nodes,
      instances: [
        { id: "i-1", profile: "cp", tags: tag("c-x7k2p") },
        { id: "i-2", profile: "w", tags: tag("c-x7k2p") },
      ],
    });
    const result = compiled(facts);
    expect(
      result.ok &&
        result.config.clusters.map(({ cluster, region, nodeRoles }) => [cluster, region, nodeRoles]),
    ).toEqual([["c-x7k2p", "eu-west-1", ["rancher-controlplane", "rancher-worker"]]]);
    expect(result.ok && result.config.roles.length).toBe(2);
  });

  test("a role that two clusters share is watched once", () => {
    const facts = accountOf({
      roles: nodes,
      instances: [
        { id: "i-1", profile: "w", tags: tag("one") },
        { id: "i-2", profile: "w", tags: tag("two") },
      ],
    });
    const result = compiled(facts);
    expect(result.ok && result.config.roles.map(({ select }) => select.name)).toEqual([
      "rancher-controlplane",
      "rancher-worker",
    ]);
    expect(result.ok && result.config.clusters.length).toBe(2);
  });

  test("a tag on another cluster's node, or on no node at all, is no cluster", () => {
    const facts = accountOf({
      instances: [
        { id: "i-1", tags: tag("c1") },
        { id: "i-2", tags: { ...tag("c1"), ...tag("c2") } },
      ],
      subnets: [{ id: "subnet-1", tags: tag("c9") }],
    });
    const { watched, others } = recognise(facts, catalogue);
    expect(watched.map(({ cluster }) => cluster)).toEqual(["c1"]);
    expect(others.map(({ cluster }) => cluster)).toEqual(["c2", "c9"]);
  });

  test("clusters of EKS, kops and Cluster API keep their tags themselves", () => {
    const facts = accountOf({
      instances: [
        { id: "i-1", tags: { ...tag("eks"), "eks:cluster-name": "eks" } },
        { id: "i-2", tags: { ...tag("capa"), "sigs.k8s.io/cluster-api-provider-aws/cluster/capa": "owned" } },
        { id: "i-3", tags: { ...tag("kops"), "k8s.io/role/node": "1" } },
      ],
    });
    expect(recognise(facts, catalogue).watched).toEqual([]);
    expect(recognise(facts, catalogue).others.length).toBe(3);
  });
});

describe("the first rolecall.yml", () => {
  const full = accountOf({
    roles: [
      { name: "dockercloud-role", trust: docker, inline: { p: allow("ec2:*") } },
      {
        name: "ecsInstanceRole",
        attached: ["service-role/AmazonEC2ContainerServiceforEC2Role", "AmazonS3ReadOnlyAccess"],
      },
      { name: "kommander-role", trust: both, inline: { p: kommander } },
      { name: "rancher-worker", inline: { p: worker } },
    ],
    instances: [{ id: "i-1", tags: { "kubernetes.io/cluster/c #1: {x}\n- y": "owned" } }],
  });
  const text = renderConfig(recognise(full, catalogue), full, catalogue);

  test("reads as it always did", async () => {
    await expect(text).toMatchFileSnapshot("../golden/init.yml");
  });

  test("is right as it stands, and says for each guess why", () => {
    const result = compiled(full);
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.config.roles.length).toBe(4);
    expect(result.ok && result.config.clusters[0]?.cluster).toBe("c #1: {x}\n- y");
    for (const line of text.split("\n").filter((each) => /^ +- (role|cluster):/.test(each)))
      expect(text.split("\n")[text.split("\n").indexOf(line) - 1]).toMatch(/^ +# /);
  });

  test("never holds an ExternalId", () => {
    expect(text).not.toContain(secret);
    expect(text).toContain("externalId: ${env:DOCKERCLOUD_ID}");
  });

  test("does not approve of what it finds: an add-on and a foreign account are left to a person", () => {
    expect(text).toMatch(/# .*`s3ReadOnly: allowed`/);
    expect(text).not.toMatch(/^ +s3ReadOnly:/m);
  });

  test("of an account without any platform says so, is right, and shows how to describe own roles", () => {
    const none = accountOf({ roles: [{ name: "app", inline: { p: allow("s3:GetObject") } }] });
    const own = renderConfig(recognise(none, catalogue), none, catalogue);
    expect(own).toContain("No role and no cluster of a platform that Rolecall knows was recognised");
    expect(own).toContain("# roles:\n#   - role: ci-deployer");
    expect(compiled(none)).toMatchObject({ ok: true });
  });

  test("in memory it takes the ExternalId from the environment, or else from the trust policy", () => {
    const valueWith = (env: Record<string, string>): string | undefined =>
      configInMemory(full, { catalogue, controls: controlIds, env }).roles.find(
        (r) => r.platform === "docker-cloud",
      )?.externalId?.value;
    expect(valueWith({})).toBe(secret);
    expect(valueWith({ DOCKERCLOUD_ID: "mine" })).toBe("mine");
  });

  test("a pattern that the trust policy asks for stands for a value that it takes, where none is known", () => {
    const asking = (values: readonly string[]) =>
      accountOf({
        roles: values.map((value, i) => ({
          name: i === 0 ? "dockercloud-role" : `dockercloud-role-${i}`,
          trust: trusting(
            { AWS: "arn:aws:iam::689684103426:root" },
            { StringLike: { "sts:ExternalId": value } },
          ),
          inline: { p: allow("ec2:*") },
        })),
      });
    const values = (...written: string[]) =>
      configInMemory(asking(written), { catalogue, controls: controlIds, env: {} }).roles.map(
        ({ externalId }) => externalId?.value,
      );
    expect(values("acme-*-?")).toEqual(["acme--x"]);
    expect(values("acme-*", "acme-ops")).toEqual(["acme-ops", "acme-ops"]);
    expect(values("acme-ops", "acme-*")).toEqual(["acme-ops", "acme-ops"]);
    expect(values("*")).toEqual(["not-configured/not-configured"]);
  });

  test("in memory nobody has said that a role of a service that ended is known: it is no mere information", () => {
    const { roles } = configInMemory(full, { catalogue, controls: controlIds, env: {} });
    const retired = roles.filter((role) => role.retired !== undefined && role.expect === "documented");
    expect(retired.map(({ severities }) => severities["role-retired"])).toEqual(["high"]);
  });
});

function statementActions(document: object): string[] {
  const { Statement } = document as { Statement: { Action: string | string[] }[] };
  return Statement.flatMap(({ Action }) => Action);
}
