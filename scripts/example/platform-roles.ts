import {
  account,
  allow,
  arn,
  changed,
  document,
  documented,
  otherAccount,
  type PolicyInput,
  type RoleInput,
  type Statement,
  service,
  trust,
} from "./shapes.ts";

const docker = "arn:aws:iam::689684103426:root";
const dockerTrust = documented("docker-cloud", "trust", { externalId: "acme-prod" });
const dockerPolicy = arn("policy/dockercloud-policy");
const dockerEu = arn("policy/dockercloud-policy-eu");
const ecsManaged = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";
const ssmManaged = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const s3Full = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
const kommanderPolicy = arn("policy/kommander-policy");
const nodeBoundary = arn("policy/node-boundary");

const ecsDocument = documented("ecs", "AmazonEC2ContainerServiceforEC2Role");
const kommanderStatements = [
  ...documented("kommander", "cluster").Statement,
  ...documented("kommander", "eks").Statement,
];
const kommanderDocument = document(...kommanderStatements);
const kommanderTrust = documented("kommander", "trust");
const controlplane = documented("rancher", "controlplane");
const worker = documented("rancher", "worker");

const text = (statement: Statement): string => JSON.stringify(statement);
/** The first statement that holds a text, with another in its place. */
const replaced = (from: string, to: string) => {
  let done = false;
  return changed(kommanderDocument, (statement) => {
    if (done || !text(statement).includes(from)) return statement;
    done = true;
    return JSON.parse(text(statement).replaceAll(from, to)) as Statement;
  });
};

export const dockerCloudRoles: readonly RoleInput[] = [
  // As documented, and retired.
  { name: "dockercloud-role", trust: dockerTrust, attached: [dockerPolicy] },
  {
    name: "dockercloud-swarm-role",
    trust: dockerTrust,
    inline: { "dockercloud-swarm-policy": documented("docker-cloud", "swarm") },
  },
  // Nobody is asked for an ExternalId: any customer of that service could be served through it.
  { name: "dockercloud-role-staging", trust: trust({ AWS: docker }), attached: [dockerPolicy] },
  // The condition stands on both actions; listing instance profiles knows no region.
  {
    name: "dockercloud-role-eu",
    trust: dockerTrust,
    attached: [dockerEu],
  },
  // More was attached in a hurry.
  {
    name: "dockercloud-role-ops",
    trust: dockerTrust,
    attached: [dockerPolicy, "arn:aws:iam::aws:policy/AdministratorAccess"],
  },
  // MFA was ticked in the console: a service cannot give one.
  {
    name: "dockercloud-role-mfa",
    trust: trust(
      { AWS: docker },
      { StringEquals: { "sts:ExternalId": "acme-prod" }, Bool: { "aws:MultiFactorAuthPresent": "true" } },
    ),
    attached: [dockerPolicy],
  },
  // Written down nowhere.
  {
    name: "old-builder",
    trust: trust({ AWS: docker }, { StringEquals: { "sts:ExternalId": "acme-labs" } }),
    inline: { build: document(allow(["ec2:RunInstances", "ec2:TerminateInstances"])) },
  },
];

export const rancherRoles: readonly RoleInput[] = [
  {
    name: "rancher-controlplane",
    trust: service("ec2.amazonaws.com"),
    inline: { "rancher-controlplane": controlplane },
    profiles: ["rancher-controlplane"],
  },
  {
    name: "rancher-worker",
    trust: service("ec2.amazonaws.com"),
    inline: { "rancher-worker": worker },
    profiles: ["rancher-worker"],
  },
  // Fifty actions were taken for one pattern.
  {
    name: "rancher-dev-controlplane",
    trust: service("ec2.amazonaws.com"),
    inline: {
      "rancher-controlplane": document(
        allow([
          "autoscaling:Describe*",
          "ec2:*",
          "elasticloadbalancing:*",
          "iam:CreateServiceLinkedRole",
          "kms:DescribeKey",
        ]),
      ),
    },
    profiles: ["rancher-dev-controlplane"],
  },
  // Worker nodes that may change instances and hand out roles, and cannot pull from ECR.
  {
    name: "rancher-dev-worker",
    trust: service("ec2.amazonaws.com"),
    inline: {
      "rancher-worker": document(
        allow(["ec2:DescribeInstances", "ec2:DescribeRegions", "ec2:ModifyInstanceAttribute"]),
        allow("iam:PassRole"),
      ),
    },
    profiles: ["rancher-dev-worker"],
  },
  // Another account may take the nodes' role.
  {
    name: "rancher-edge-worker",
    trust: trust({ Service: "ec2.amazonaws.com", AWS: `arn:aws:iam::${otherAccount}:root` }),
    inline: { "rancher-worker": worker },
    profiles: ["rancher-edge-worker"],
  },
  // Recreated by a script that forgot the instance profile.
  { name: "rancher-spot-worker", trust: service("ec2.amazonaws.com"), inline: { "rancher-worker": worker } },
];

export const ecsRoles: readonly RoleInput[] = [
  {
    name: "ecsInstanceRole",
    trust: documented("ecs", "ec2-trust"),
    attached: [ecsManaged],
    profiles: ["ecsInstanceRole-profile"],
  },
  // A policy of their own that means the same.
  {
    name: "ecs-batch-nodes",
    trust: service("ec2.amazonaws.com"),
    inline: { "ecs-nodes": ecsDocument },
    profiles: ["ecs-batch-nodes"],
  },
  { name: "ecsAnywhereRole", trust: documented("ecs", "ssm-trust"), attached: [ecsManaged, ssmManaged] },
  // The read-only add-on became full access.
  {
    name: "ecs-web-nodes",
    trust: service("ec2.amazonaws.com"),
    attached: [ecsManaged, s3Full],
    profiles: ["ecs-web-nodes"],
  },
  // The tasks' service instead of the nodes'.
  {
    name: "ecs-blue-nodes",
    trust: service("ecs-tasks.amazonaws.com"),
    attached: [ecsManaged],
    profiles: ["ecs-blue-nodes"],
  },
  // In no instance profile: instances cannot take it.
  { name: "ecs-green-nodes", trust: service("ec2.amazonaws.com"), attached: [ecsManaged] },
  // A boundary that takes ECR away.
  {
    name: "ecs-gpu-nodes",
    trust: service("ec2.amazonaws.com"),
    attached: [ecsManaged],
    boundary: nodeBoundary,
    profiles: ["ecs-gpu-nodes"],
  },
];

export const kommanderRoles: readonly RoleInput[] = [
  { name: "kommander-prod", trust: kommanderTrust, attached: [kommanderPolicy] },
  {
    name: "kommander-management",
    trust: service("ec2.amazonaws.com"),
    inline: { AssumeRoleKommander: document(allow("sts:AssumeRole", arn("role/kommander-prod"))) },
    profiles: ["kommander-management"],
  },
  // Open to the world.
  {
    name: "kommander-staging",
    trust: trust({ Service: "ec2.amazonaws.com", AWS: "*" }),
    attached: [kommanderPolicy],
  },
  // Any role may be passed to any service.
  {
    name: "kommander-dev",
    trust: kommanderTrust,
    attached: [kommanderPolicy],
    inline: { extra: document(allow("iam:PassRole")) },
  },
  // ForAllValues is also true where no alias is there at all.
  {
    name: "kommander-eu",
    trust: kommanderTrust,
    inline: { kommander: replaced("ForAnyValue:", "ForAllValues:") },
  },
  // EC2 cannot assume it any more.
  {
    name: "kommander-lab",
    trust: trust({ AWS: arn("root") }),
    attached: [kommanderPolicy],
  },
];

export const platformPolicies: readonly PolicyInput[] = [
  { arn: dockerPolicy, document: documented("docker-cloud", "all-regions") },
  {
    arn: dockerEu,
    document: document(
      allow(["ec2:*", "iam:ListInstanceProfiles"], "*", { StringEquals: { "ec2:Region": "eu-west-1" } }),
    ),
  },
  { arn: kommanderPolicy, document: kommanderDocument },
  { arn: nodeBoundary, document: document(allow(["ec2:*", "ecs:*", "logs:*"])) },
  { arn: ecsManaged, document: ecsDocument },
  { arn: ssmManaged, document: documented("ecs", "AmazonSSMManagedInstanceCore") },
  { arn: s3Full, document: document(allow(["s3:*", "s3-object-lambda:*"])) },
  { arn: "arn:aws:iam::aws:policy/AdministratorAccess", document: document(allow("*")) },
];

/** Of the account itself: what a person would call "us". */
export const ownRoles: readonly RoleInput[] = [
  {
    name: "ci-deployer",
    trust: trust(
      { Federated: arn("oidc-provider/token.actions.githubusercontent.com") },
      {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/shop:*" },
      },
      "sts:AssumeRoleWithWebIdentity",
    ),
    inline: {
      deploy: document(
        allow(["s3:PutObject", "s3:GetObject"], "arn:aws:s3:::acme-releases/*"),
        allow(
          ["ecs:UpdateService", "ecs:DescribeServices"],
          `arn:aws:ecs:eu-west-1:${account}:service/shop/*`,
        ),
        allow("iam:PassRole", arn("role/*"), {
          StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
        }),
      ),
    },
  },
];
