import {
  account,
  allow,
  arn,
  document,
  otherAccount,
  type PolicyInput,
  type RoleInput,
  service,
  trust,
} from "./shapes.ts";

const linked = (name: string, host: string): RoleInput => ({
  name: `AWSServiceRoleFor${name}`,
  path: `/aws-service-role/${host}/`,
  trust: service(host),
  attached: [`arn:aws:iam::aws:policy/aws-service-role/${name}ServiceRolePolicy`],
});

const signOn = (name: string, policy: string): RoleInput => ({
  name: `AWSReservedSSO_${name}_0f1e2d3c4b5a6978`,
  path: "/aws-reserved/sso.amazonaws.com/eu-west-1/",
  trust: trust(
    { Federated: arn("saml-provider/AWSSSO_0f1e2d3c4b5a6978_DO_NOT_DELETE") },
    { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    "sts:AssumeRoleWithSAML",
  ),
  attached: [`arn:aws:iam::aws:policy/${policy}`],
});

const lambda = (name: string, ...actions: readonly string[]): RoleInput => ({
  name,
  trust: service("lambda.amazonaws.com"),
  inline: {
    own: document(
      allow(actions, `arn:aws:s3:::acme-${name}/*`),
      allow(["logs:CreateLogStream", "logs:PutLogEvents"]),
    ),
  },
});

/** Roles that only look like a platform's, by name, trust or policy, and the rest of an account's life. */
export const bystanders: readonly RoleInput[] = [
  linked("ECS", "ecs.amazonaws.com"),
  linked("AutoScaling", "autoscaling.amazonaws.com"),
  linked("ElasticLoadBalancing", "elasticloadbalancing.amazonaws.com"),
  linked("Support", "support.amazonaws.com"),
  signOn("AdministratorAccess", "AdministratorAccess"),
  signOn("ReadOnlyAccess", "ReadOnlyAccess"),
  // Names that begin as a platform's do.
  lambda("dockercloud-dashboards", "s3:GetObject"),
  lambda("docker-registry-mirror", "s3:GetObject", "s3:PutObject"),
  lambda("rancher-backup", "s3:PutObject"),
  {
    name: "rancher-dns",
    trust: trust(
      { Federated: arn("oidc-provider/oidc.acme.example") },
      { StringEquals: { "oidc.acme.example:sub": "system:serviceaccount:kube-system:external-dns" } },
      "sts:AssumeRoleWithWebIdentity",
    ),
    inline: {
      dns: document(allow("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z0ACME")),
    },
  },
  lambda("logs-of-kommander", "s3:PutObject"),
  {
    name: "ecsTaskExecutionRole",
    trust: service("ecs-tasks.amazonaws.com"),
    attached: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"],
  },
  {
    name: "ecs-checkout-task",
    trust: service("ecs-tasks.amazonaws.com"),
    inline: {
      own: document(allow("dynamodb:GetItem", `arn:aws:dynamodb:eu-west-1:${account}:table/checkout`)),
    },
  },
  {
    name: "ecsEventsRole",
    trust: service("events.amazonaws.com"),
    inline: { run: document(allow("ecs:RunTask")) },
  },
  // A third party with an ExternalId, still in service.
  {
    name: "metrics-vendor",
    trust: trust(
      { AWS: `arn:aws:iam::${otherAccount}:root` },
      { StringEquals: { "sts:ExternalId": "vendor-7d1f" } },
    ),
    inline: { read: document(allow(["cloudwatch:GetMetricData", "ec2:DescribeInstances"])) },
  },
  // Trusted by EC2 and in a profile, and no node of a cluster.
  {
    name: "bastion",
    trust: service("ec2.amazonaws.com"),
    attached: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
    profiles: ["bastion"],
  },
  {
    name: "jenkins-agent",
    trust: service("ec2.amazonaws.com"),
    inline: {
      ecr: document(allow(["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"])),
    },
    profiles: ["jenkins-agent"],
  },
  {
    name: "eks-node-analytics",
    trust: service("ec2.amazonaws.com"),
    attached: ["arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"],
    profiles: ["eks-node-analytics"],
  },
  {
    name: "cluster-autoscaler",
    trust: trust(
      { Federated: arn("oidc-provider/oidc.acme.example") },
      { StringEquals: { "oidc.acme.example:sub": "system:serviceaccount:kube-system:cluster-autoscaler" } },
      "sts:AssumeRoleWithWebIdentity",
    ),
    inline: {
      scale: document(allow(["autoscaling:DescribeAutoScalingGroups", "autoscaling:SetDesiredCapacity"])),
    },
  },
  lambda("thumbnailer", "s3:GetObject", "s3:PutObject"),
  lambda("invoices", "s3:PutObject"),
  {
    name: "vpc-flow-logs",
    trust: service("vpc-flow-logs.amazonaws.com"),
    inline: { logs: document(allow(["logs:CreateLogStream", "logs:PutLogEvents"])) },
  },
  {
    name: "config-recorder",
    trust: service("config.amazonaws.com"),
    inline: { put: document(allow("s3:PutObject", "arn:aws:s3:::acme-config/*")) },
  },
  {
    name: "backup",
    trust: service("backup.amazonaws.com"),
    inline: { own: document(allow("backup:StartBackupJob")) },
  },
  {
    name: "orders-workflow",
    trust: service("states.amazonaws.com"),
    inline: {
      invoke: document(
        allow("lambda:InvokeFunction", `arn:aws:lambda:eu-west-1:${account}:function:orders-*`),
      ),
    },
  },
];

const grants: Readonly<Record<string, readonly string[]>> = {
  "aws-service-role/ECSServiceRolePolicy": ["ec2:AttachNetworkInterface", "ec2:CreateNetworkInterface"],
  "aws-service-role/AutoScalingServiceRolePolicy": ["ec2:RunInstances", "ec2:TerminateInstances"],
  "aws-service-role/ElasticLoadBalancingServiceRolePolicy": [
    "ec2:DescribeSubnets",
    "ec2:CreateSecurityGroup",
  ],
  "aws-service-role/SupportServiceRolePolicy": ["ec2:DescribeInstances", "s3:ListAllMyBuckets"],
  ReadOnlyAccess: ["ec2:Describe*", "iam:Get*", "iam:List*", "s3:Get*", "s3:List*"],
  "service-role/AmazonECSTaskExecutionRolePolicy": [
    "ecr:GetAuthorizationToken",
    "ecr:BatchGetImage",
    "logs:PutLogEvents",
  ],
  AmazonEKSWorkerNodePolicy: ["ec2:DescribeInstances", "eks:DescribeCluster"],
};

/** What AWS's own policies say, in short: nothing is judged by them. */
export const bystanderPolicies: readonly PolicyInput[] = Object.entries(grants).map(([name, actions]) => ({
  arn: `arn:aws:iam::aws:policy/${name}`,
  document: document(allow(actions)),
}));
