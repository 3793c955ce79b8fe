import type { PolicyKind } from "../../lib/policy/model.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface CorpusDocument {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly statements: readonly Json[];
}

const account = "111122223333";
const other = "444455556666";
const role = (name: string, owner = account) => `arn:aws:iam::${owner}:role/${name}`;

const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: Json,
): Json => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const deny = (more: Json): Json => ({ Effect: "Deny", ...more });
const names = (service: string, list: string): readonly string[] =>
  list.split(" ").map((name) => `${service}:${name}`);

const identity: Readonly<Record<string, readonly Json[]>> = {
  "container instance": [
    allow(
      [
        "ec2:DescribeTags",
        ...names(
          "ecs",
          "CreateCluster DeregisterContainerInstance DiscoverPollEndpoint Poll RegisterContainerInstance StartTelemetrySession UpdateContainerInstancesState Submit*",
        ),
        ...names(
          "ecr",
          "GetAuthorizationToken BatchCheckLayerAvailability GetDownloadUrlForLayer BatchGetImage",
        ),
        ...names("logs", "CreateLogStream PutLogEvents"),
      ],
      "*",
    ),
    allow("ecs:TagResource", "*", {
      StringEquals: { "ecs:CreateAction": ["CreateCluster", "RegisterContainerInstance"] },
    }),
  ],
  "cluster node": [
    allow(names("ec2", "DescribeInstances DescribeRegions"), "*"),
    allow(
      names(
        "ecr",
        "GetAuthorizationToken BatchCheckLayerAvailability GetDownloadUrlForLayer GetRepositoryPolicy DescribeRepositories ListImages BatchGetImage",
      ),
      "*",
    ),
  ],
  "cluster control plane": [
    allow(
      [
        ...names("autoscaling", "DescribeAutoScalingGroups DescribeLaunchConfigurations DescribeTags"),
        ...names(
          "ec2",
          "DescribeInstances DescribeRegions DescribeRouteTables DescribeSecurityGroups DescribeSubnets DescribeVolumes CreateSecurityGroup CreateTags CreateVolume ModifyInstanceAttribute ModifyVolume AttachVolume AuthorizeSecurityGroupIngress CreateRoute DeleteRoute DeleteSecurityGroup DeleteVolume DetachVolume RevokeSecurityGroupIngress DescribeVpcs",
        ),
        ...names(
          "elasticloadbalancing",
          "AddTags AttachLoadBalancerToSubnets ApplySecurityGroupsToLoadBalancer CreateLoadBalancer CreateLoadBalancerPolicy CreateListener CreateTargetGroup DeleteLoadBalancer DeleteListener DescribeLoadBalancers DescribeTargetHealth ModifyTargetGroup RegisterTargets SetLoadBalancerPoliciesOfListener",
        ),
        "iam:CreateServiceLinkedRole",
        "kms:DescribeKey",
      ],
      "*",
    ),
  ],
  "machines with a profile of their own": [
    allow("ec2:*", "*"),
    allow(["iam:GetRole", "iam:PassRole"], [role("nodes.*"), role("control-plane.*")]),
    allow("iam:CreateServiceLinkedRole", role("aws-service-role/elasticloadbalancing.amazonaws.com/*"), {
      StringLike: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
    }),
    allow(
      names("secretsmanager", "CreateSecret DeleteSecret TagResource"),
      "arn:*:secretsmanager:*:*:secret:node/*",
    ),
  ],
  "pass roles to a service": [
    allow("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }),
    allow("iam:PassRole", `${role("batch/")}*`, {
      StringLike: { "iam:PassedToService": ["batch.amazonaws.com", "ecs*.amazonaws.com"] },
      ArnLike: { "iam:AssociatedResourceArn": `arn:aws:batch:*:${account}:job-definition/*` },
    }),
  ],
  "grants of a key": [
    allow(names("kms", "Encrypt Decrypt ReEncrypt* GenerateDataKey* DescribeKey"), "*"),
    allow(names("kms", "CreateGrant ListGrants RevokeGrant"), "*", {
      Bool: { "kms:GrantIsForAWSResource": true },
    }),
    allow("kms:CreateGrant", `arn:aws:kms:*:${account}:key/*`, {
      "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt", "Encrypt", "GenerateDataKey"] },
      StringLike: { "kms:ViaService": "ec2.*.amazonaws.com" },
    }),
  ],
  "home folder": [
    allow("s3:ListBucket", "arn:aws:s3:::home", {
      StringLike: { "s3:prefix": ["", "shared/*", "${aws:username}/*"] },
    }),
    allow("s3:*Object", "arn:aws:s3:::home/${aws:username}/*"),
    allow("s3:GetObject*", "arn:aws:s3:::home/${aws:PrincipalTag/team, 'nobody'}/*"),
  ],
  "tags as keys": [
    allow(names("ec2", "StartInstances StopInstances RebootInstances"), "arn:aws:ec2:*:*:instance/*", {
      StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" },
      Null: { "aws:ResourceTag/team": "false" },
    }),
    allow("ec2:CreateTags", "arn:aws:ec2:*:*:*/*", {
      "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "cost-centre"] },
      StringEqualsIfExists: { "aws:RequestTag/team": ["blue", "green"] },
    }),
    deny({
      Action: names("ec2", "CreateTags DeleteTags"),
      Resource: "*",
      Condition: { "ForAnyValue:StringLike": { "aws:TagKeys": ["owner", "security-*"] } },
    }),
  ],
  "not without a second factor": [
    allow("*", "*"),
    deny({
      NotAction: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:List*", "sts:GetSessionToken"],
      Resource: "*",
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    }),
  ],
  "one region only": [
    allow("*", "*"),
    deny({
      NotAction: ["iam:*", "organizations:*", "route53:*", "support:*", "cloudfront:*"],
      Resource: "*",
      Condition: {
        StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] },
        ArnNotLike: { "aws:PrincipalARN": [role("breakglass*")] },
      },
    }),
  ],
  "power user": [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
    allow(
      [...names("iam", "CreateServiceLinkedRole DeleteServiceLinkedRole ListRoles"), "account:ListRegions"],
      "*",
    ),
  ],
  "read only": [
    allow(["s3:Get*", "s3:List*", "s3-object-lambda:Get*", "ec2:Describe*", "iam:Get*", "iam:List*"], "*"),
    deny({ Action: "s3:GetObject", NotResource: ["arn:aws:s3:::public-*", "arn:aws:s3:::public-*/*"] }),
  ],
  "from the office, for a time": [
    allow(["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"], {
      IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8:1234:5678::/64"] },
      NotIpAddress: { "aws:SourceIp": "203.0.113.128/25" },
      DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
      DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
    }),
    allow("s3:ListBucket", "arn:aws:s3:::archive", {
      NumericLessThanEquals: { "s3:max-keys": "10" },
      StringNotLike: { "s3:prefix": ["private/*", "*.key"] },
    }),
  ],
  "logs and parameters": [
    allow(names("logs", "CreateLogGroup CreateLogStream PutLogEvents"), [
      `arn:aws:logs:*:${account}:log-group:/aws/lambda/*`,
      `arn:aws:logs:*:${account}:log-group:/aws/lambda/*:log-stream:*`,
    ]),
    allow("ssm:GetParameter*", "arn:aws:ssm:*:*:parameter/app/?*/config"),
    allow(
      names("ssmmessages", "CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel"),
      "*",
    ),
    allow("dynamodb:*Item", "arn:aws:dynamodb:*:*:table/sessions", {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["${www.amazon.com:user_id}*"] },
    }),
  ],
};

const trusted = (Principal: Json | string, more: Json = {}): Json => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal,
  ...more,
});

const trust: Readonly<Record<string, readonly Json[]>> = {
  "trust of a service": [trusted({ Service: "ec2.amazonaws.com" })],
  "trust of two services, one for its own resources": [
    trusted({ Service: ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com"] }),
    trusted(
      { Service: "scheduler.amazonaws.com" },
      {
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:aws:scheduler:*:${account}:schedule/default/*` },
        },
      },
    ),
  ],
  "trust of a partner": [
    trusted({ AWS: other }, { Condition: { StringEquals: { "sts:ExternalId": "4f2a-example" } } }),
  ],
  "trust of roles and a session": [
    trusted({
      AWS: [role("deployer"), role("team/ops"), "arn:aws:sts::444455556666:assumed-role/auditor/ann"],
    }),
    trusted(
      { AWS: `arn:aws:iam::${account}:root` },
      { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
    ),
  ],
  "trust of a workflow": [
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
      Condition: {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        StringLike: {
          "token.actions.githubusercontent.com:sub": ["repo:org/app:ref:refs/heads/main", "repo:org/lib:*"],
        },
      },
    },
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithSAML",
      Principal: { Federated: `arn:aws:iam::${account}:saml-provider/directory` },
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    },
  ],
  "trust of an organisation": [
    trusted("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } } }),
    deny({ Action: "sts:*", Principal: "*", Condition: { Null: { "aws:PrincipalOrgID": "true" } } }),
  ],
};

const onBucket = ["arn:aws:s3:::shared", "arn:aws:s3:::shared/*"];

const resource: Readonly<Record<string, readonly Json[]>> = {
  "bucket over TLS": [
    { ...allow("s3:GetObject", "arn:aws:s3:::shared/*"), Principal: { AWS: [other, role("reader")] } },
    deny({
      Action: "s3:*",
      Principal: "*",
      Resource: onBucket,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
    deny({
      Action: "s3:PutObject",
      Principal: "*",
      Resource: "arn:aws:s3:::shared/*",
      Condition: { StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption": ["aws:kms", "AES256"] } },
    }),
  ],
  "bucket behind an endpoint": [
    deny({
      Action: "s3:*",
      Principal: "*",
      Resource: onBucket,
      Condition: {
        StringNotEquals: { "aws:SourceVpce": ["vpce-1a2b3c4d", "vpce-5e6f7a8b"] },
        NotIpAddressIfExists: { "aws:SourceIp": ["198.51.100.0/24"] },
        StringNotLike: { "aws:userId": ["AROAEXAMPLEID:*", account] },
      },
    }),
    { ...allow("s3:*", onBucket), Principal: "*" },
  ],
  "queue of a topic": [
    {
      ...allow("sqs:SendMessage", `arn:aws:sqs:eu-west-1:${account}:changes`),
      Principal: { Service: "sns.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": `arn:aws:sns:*:${account}:changes*` } },
    },
    { ...allow("sqs:*", "*"), Principal: { AWS: account } },
  ],
  "key for one service": [
    { ...allow("kms:*", "*"), Principal: { AWS: `arn:aws:iam::${account}:root` } },
    {
      ...allow(["kms:Decrypt", "kms:GenerateDataKey*"], "*"),
      Principal: { AWS: "*" },
      Condition: {
        StringEquals: {
          "kms:CallerAccount": account,
          "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
        },
      },
    },
  ],
  "only these few": [
    deny({
      Action: "s3:*",
      NotPrincipal: { AWS: [role("admin"), `arn:aws:iam::${account}:root`] },
      Resource: onBucket,
    }),
    { ...allow("s3:*", onBucket), Principal: { AWS: account } },
  ],
};

const documentsOf = (kind: PolicyKind, documents: Readonly<Record<string, readonly Json[]>>) =>
  Object.entries(documents).map(([name, statements]): CorpusDocument => ({ name, kind, statements }));

/** Documents of the forms that real accounts hold: written for this, after what AWS and platforms document. */
export const corpus: readonly CorpusDocument[] = [
  ...documentsOf("identity", identity),
  ...documentsOf("trust", trust),
  ...documentsOf("resource", resource),
];

/** A corpus document as its JSON value. */
export const toDocument = (document: CorpusDocument): Json => ({
  Version: "2012-10-17",
  Statement: document.statements,
});
