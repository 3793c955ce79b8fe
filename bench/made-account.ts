import { documented } from "../scripts/example/shapes.ts";
import type { SavedAccount } from "../test/support/aws-server/saved-account.ts";

const account = "123456789012";
const date = "2024-03-01T10:00:00+00:00";
const arn = (rest: string) => `arn:aws:iam::${account}:${rest}`;

/** Actions of services that a business has roles for; many are watched by nobody. */
const actions =
  "s3:GetObject s3:PutObject s3:ListBucket sqs:SendMessage sqs:ReceiveMessage sqs:DeleteMessage dynamodb:GetItem dynamodb:PutItem dynamodb:Query kms:Decrypt kms:GenerateDataKey logs:CreateLogStream logs:PutLogEvents ssm:GetParameter secretsmanager:GetSecretValue sns:Publish".split(
    " ",
  );

function document(seed: number, statements: number) {
  return {
    Version: "2012-10-17",
    Statement: Array.from({ length: statements }, (_, index) => ({
      Sid: `Statement${index}`,
      Effect: "Allow",
      Action: Array.from({ length: 6 }, (__, n) => actions[(seed + 3 * index + n) % actions.length]),
      Resource: [
        `arn:aws:s3:::bucket-${seed}-${index}/*`,
        `arn:aws:sqs:eu-west-1:${account}:queue-${seed}-${index}`,
      ],
      Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
    })),
  };
}

const trust = (principal: object) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
});

const profileOf = (name: string) => ({
  Path: "/",
  InstanceProfileName: name,
  InstanceProfileId: `AIPA${name}`,
  Arn: arn(`instance-profile/${name}`),
  CreateDate: date,
  Roles: [
    {
      Path: "/",
      RoleName: name,
      RoleId: `AROA${name}`,
      Arn: arn(`role/${name}`),
      CreateDate: date,
      AssumeRolePolicyDocument: trust({ Service: "ec2.amazonaws.com" }),
    },
  ],
});

const managed = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";
const managedDocument = documented("ecs", "AmazonEC2ContainerServiceforEC2Role");

function role(index: number) {
  const watched = index % 200 === 0;
  const wrong = index % 2000 === 0;
  const name = watched ? `ecsInstanceRole-${index}` : `service-${index}`;
  const attached = watched ? managed : arn(`policy/shared-${index % 100}`);
  return {
    Path: "/",
    RoleName: name,
    RoleId: `AROA${String(index).padStart(17, "0")}`,
    Arn: arn(`role/${name}`),
    CreateDate: date,
    AssumeRolePolicyDocument: trust(
      watched ? { Service: "ec2.amazonaws.com" } : { AWS: arn(`role/caller-${index}`) },
    ),
    InstanceProfileList: watched ? [profileOf(name)] : [],
    RolePolicyList: watched && !wrong ? [] : [{ PolicyName: "own", PolicyDocument: document(index, 3) }],
    AttachedManagedPolicies: [
      { PolicyName: attached.slice(attached.lastIndexOf("/") + 1), PolicyArn: attached },
    ],
    Tags: [{ Key: "team", Value: `team-${index % 40}` }],
    RoleLastUsed: { LastUsedDate: date, Region: "eu-west-1" },
  };
}

function policy(policyArn: string, Document: object) {
  return {
    PolicyName: policyArn.slice(policyArn.lastIndexOf("/") + 1),
    PolicyId: "ANPAEXAMPLE",
    Arn: policyArn,
    Path: "/",
    DefaultVersionId: "v1",
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: date,
    UpdateDate: date,
    PolicyVersionList: [{ Document, VersionId: "v1", IsDefaultVersion: true, CreateDate: date }],
  };
}

const ownedBy = (cluster: string) => [{ Key: `kubernetes.io/cluster/${cluster}`, Value: "owned" }];

/** An account of many roles of which a few are watched and some of those are wrong, 50 instances and 60 groups. */
export function makeAccount(roles: number): SavedAccount {
  const details = Array.from({ length: roles }, (_, index) => role(index));
  const reservations = Array.from({ length: 50 }, (_, n) => ({
    ReservationId: `r-${n}`,
    OwnerId: account,
    Groups: [],
    Instances: [
      {
        InstanceId: `i-${n}`,
        State: { Code: 16, Name: "running" },
        VpcId: "vpc-1",
        SubnetId: `subnet-${n % 6}`,
        LaunchTime: date,
        SecurityGroups: [{ GroupId: `sg-${n}`, GroupName: `sg-${n}` }],
        NetworkInterfaces: [],
        IamInstanceProfile: { Arn: arn("instance-profile/ecsInstanceRole-0"), Id: "AIPA0" },
        Tags: ownedBy("c1"),
      },
    ],
  }));
  return {
    account,
    arn: arn("user/auditor"),
    details: {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: details,
      Policies: [
        policy(managed, managedDocument),
        ...Array.from({ length: 100 }, (_, n) => policy(arn(`policy/shared-${n}`), document(n, 4))),
      ],
    },
    profiles: details.flatMap((each) => each.InstanceProfileList),
    regions: {
      "eu-west-1": {
        Reservations: reservations,
        SecurityGroups: Array.from({ length: 60 }, (_, n) => ({
          GroupId: `sg-${n}`,
          GroupName: `sg-${n}`,
          VpcId: "vpc-1",
          OwnerId: account,
          Tags: ownedBy("c1"),
        })),
        Subnets: Array.from({ length: 6 }, (_, n) => ({
          SubnetId: `subnet-${n}`,
          VpcId: "vpc-1",
          AvailabilityZone: "eu-west-1a",
          Tags: ownedBy("c1"),
        })),
        RouteTables: [
          {
            RouteTableId: "rtb-1",
            VpcId: "vpc-1",
            Associations: [{ Main: true }],
            Routes: [],
            Tags: ownedBy("c1"),
          },
        ],
      },
    },
  };
}

/** What is watched of it. */
export const madeConfig = `version: 1
platforms:
  ecs:
    - role: ecsInstanceRole-*
  rancher:
    - cluster: c1
      region: eu-west-1
`;
