import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SavedAccount } from "./aws-server/saved-account.ts";
import { encodeDocument } from "./aws-server/xml.ts";

const account = "123456789012";
const date = "2024-03-01T10:00:00+00:00";
const arn = (rest: string) => `arn:aws:iam::${account}:${rest}`;
const allow = (Action: string | string[], Resource = "*") => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});
const trust = (Service: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
});

function role(name: string, given: Partial<Record<string, unknown>> & { path?: string } = {}) {
  const { path = "/", ...rest } = given;
  return {
    Path: path,
    RoleName: name,
    RoleId: `AROA${name.toUpperCase()}`,
    Arn: arn(`role${path}${name}`),
    CreateDate: date,
    AssumeRolePolicyDocument: trust("ec2.amazonaws.com"),
    InstanceProfileList: [],
    RolePolicyList: [],
    AttachedManagedPolicies: [],
    Tags: [],
    RoleLastUsed: {},
    ...rest,
  };
}

function policy(policyArn: string, documents: readonly object[], attachments = 1) {
  return {
    PolicyName: policyArn.slice(policyArn.lastIndexOf("/") + 1),
    PolicyId: "ANPAEXAMPLE",
    Arn: policyArn,
    Path: "/",
    DefaultVersionId: `v${documents.length}`,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: date,
    UpdateDate: date,
    PolicyVersionList: documents.map((Document, index) => ({
      Document,
      VersionId: `v${index + 1}`,
      IsDefaultVersion: index === documents.length - 1,
      CreateDate: date,
    })),
  };
}

const attached = (...arns: string[]) =>
  arns.map((each) => ({ PolicyName: each.slice(each.lastIndexOf("/") + 1), PolicyArn: each }));
const inRole = (name: string) => ({
  Path: "/",
  RoleName: name,
  RoleId: `AROA${name.toUpperCase()}`,
  Arn: arn(`role/${name}`),
  CreateDate: date,
  AssumeRolePolicyDocument: trust("ec2.amazonaws.com"),
});
const profile = (name: string, ...roles: string[]) => ({
  Path: "/",
  InstanceProfileName: name,
  InstanceProfileId: `AIPA${name.toUpperCase()}`,
  Arn: arn(`instance-profile/${name}`),
  CreateDate: date,
  Roles: roles.map(inRole),
});

const managed = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";
const boundary = arn("policy/limits");
const own = arn("policy/team/own");

/** A small account in which each kind of fact occurs, and more than one of each. */
export const sampleAccount: SavedAccount = {
  account,
  arn: arn("user/auditor"),
  details: {
    UserDetailList: ["dockercloud-user", "jane"].map((name) => ({
      Path: "/",
      UserName: name,
      UserId: `AIDA${name.toUpperCase()}`,
      Arn: arn(`user/${name}`),
      CreateDate: date,
      GroupList: [],
      AttachedManagedPolicies: [],
      Tags: [],
    })),
    GroupDetailList: [
      {
        Path: "/",
        GroupName: "admins",
        GroupId: "AGPA1",
        Arn: arn("group/admins"),
        CreateDate: date,
        GroupPolicyList: [],
        AttachedManagedPolicies: attached(own),
      },
    ],
    RoleDetailList: [
      role("bare"),
      role("ecsInstanceRole", {
        InstanceProfileList: [
          profile("ecs-nodes", "ecsInstanceRole"),
          profile("ecs-spare", "ecsInstanceRole"),
        ],
        AttachedManagedPolicies: attached(managed, own),
        PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundary },
        Tags: [
          { Key: "team", Value: "plattform-\u00e9quipe" },
          { Key: "__proto__", Value: "x & <y>" },
        ],
      }),
      role("inline", {
        path: "/team/",
        RolePolicyList: [
          {
            PolicyName: "one",
            PolicyDocument: allow(["s3:GetObject", "s3:ListBucket"], "arn:aws:s3:::b/100%/${aws:username}/*"),
          },
          { PolicyName: "two", PolicyDocument: allow("ec2:*") },
        ],
      }),
      role("AWSServiceRoleForECS", {
        path: "/aws-service-role/ecs.amazonaws.com/",
        AssumeRolePolicyDocument: trust("ecs.amazonaws.com"),
      }),
    ],
    Policies: [
      policy(boundary, [allow("ec2:*")], 0),
      policy(own, [allow("s3:*"), allow("s3:Get*")], 2),
      policy(managed, [allow("ecs:Poll")]),
    ],
  },
  profiles: [
    profile("ecs-nodes", "ecsInstanceRole"),
    profile("ecs-spare", "ecsInstanceRole"),
    profile("empty"),
  ],
  regions: {
    "eu-west-1": {
      Reservations: ["running", "stopped", "terminated", "shutting-down"].map((state, n) => ({
        ReservationId: `r-${n}`,
        OwnerId: account,
        Groups: [],
        Instances: [
          {
            InstanceId: `i-${n}`,
            State: { Code: 16, Name: state },
            VpcId: "vpc-1",
            SubnetId: "subnet-1",
            LaunchTime: date,
            SecurityGroups: [{ GroupId: "sg-1", GroupName: "one" }],
            NetworkInterfaces: [
              { NetworkInterfaceId: "eni-1", Groups: [{ GroupId: "sg-1", GroupName: "one" }] },
              { NetworkInterfaceId: "eni-2", Groups: [{ GroupId: "sg-2", GroupName: "two" }] },
            ],
            IamInstanceProfile: { Arn: arn("instance-profile/ecs-nodes"), Id: "AIPA1" },
            Tags: [{ Key: "kubernetes.io/cluster/c1", Value: "owned" }],
          },
        ],
      })),
      SecurityGroups: ["sg-1", "sg-2"].map((id) => ({
        GroupId: id,
        GroupName: id,
        VpcId: "vpc-1",
        OwnerId: account,
        Description: "d",
        Tags: [{ Key: "k", Value: "" }],
      })),
      Subnets: [
        {
          SubnetId: "subnet-1",
          VpcId: "vpc-1",
          AvailabilityZone: "eu-west-1a",
          OwnerId: account,
          State: "available",
          Tags: [],
        },
      ],
      RouteTables: [
        {
          RouteTableId: "rtb-1",
          VpcId: "vpc-1",
          Associations: [{ RouteTableAssociationId: "a-1", Main: true }],
          Routes: [{ DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" }],
          Tags: [],
        },
        {
          RouteTableId: "rtb-2",
          VpcId: "vpc-1",
          Associations: [{ RouteTableAssociationId: "a-2", SubnetId: "subnet-1", Main: false }],
          Routes: [{ DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1", State: "active" }],
          Tags: [{ Key: "kubernetes.io/cluster/c1", Value: "shared" }],
        },
      ],
    },
    "us-east-1": { Reservations: [], SecurityGroups: [], Subnets: [], RouteTables: [] },
  },
};

export interface SaveOptions {
  /** Documents as the API gives them rather than as the CLI prints them. */
  readonly encoded?: boolean;
  /** Entries of a page; the rest stands in `-2`, `-3`, … */
  readonly pageSize?: number;
}

/** Saves an account as the CLI would; returns the folder. */
export function saveAccount(folder: string, saved: SavedAccount, options: SaveOptions = {}): string {
  const put = (name: string, value: object) => {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(
      join(folder, `${name}.json`),
      JSON.stringify(value, options.encoded ? encode : undefined, 2),
    );
  };
  const putPages = (name: string, lists: Readonly<Record<string, readonly unknown[]>>, mark: object) => {
    const size = options.pageSize ?? Number.POSITIVE_INFINITY;
    const pages = Math.max(1, ...Object.values(lists).map((list) => Math.ceil(list.length / size)));
    for (let page = 0; page < pages; page++) {
      const part = Object.entries(lists).map(([key, list]) => [
        key,
        size === Number.POSITIVE_INFINITY ? list : list.slice(page * size, (page + 1) * size),
      ]);
      put(page === 0 ? name : `${name}-${page + 1}`, {
        ...Object.fromEntries(part),
        ...(page + 1 < pages ? mark : {}),
      });
    }
  };
  put("get-caller-identity", { UserId: "AIDAEXAMPLE", Account: saved.account, Arn: saved.arn });
  putPages("get-account-authorization-details", { ...saved.details }, { IsTruncated: true, Marker: "AAE=" });
  putPages(
    "list-instance-profiles",
    { InstanceProfiles: saved.profiles },
    { IsTruncated: true, Marker: "AAE=" },
  );
  for (const [region, lists] of Object.entries(saved.regions)) {
    putPages(`${region}/describe-instances`, { Reservations: lists.Reservations }, { NextToken: "t" });
    putPages(
      `${region}/describe-security-groups`,
      { SecurityGroups: lists.SecurityGroups },
      { NextToken: "t" },
    );
    putPages(`${region}/describe-subnets`, { Subnets: lists.Subnets }, { NextToken: "t" });
    putPages(`${region}/describe-route-tables`, { RouteTables: lists.RouteTables }, { NextToken: "t" });
  }
  return folder;
}

const encode = (key: string, value: unknown): unknown =>
  ["AssumeRolePolicyDocument", "PolicyDocument", "Document"].includes(key) ? encodeDocument(value) : value;
