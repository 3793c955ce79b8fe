import { account, arn, tagsOf } from "./shapes.ts";

const launched = "2026-09-14T06:30:00+00:00";
type Tags = Readonly<Record<string, string>>;

const shop = { "kubernetes.io/cluster/c-x7k2p": "owned" };
const lab = { "kubernetes.io/cluster/c-lab42": "owned" };

interface Node {
  readonly id: string;
  readonly name: string;
  readonly profile?: string;
  readonly groups: readonly string[];
  readonly subnet: string;
  readonly vpc: string;
  readonly tags?: Tags;
}

const node = ({ id, name, profile, groups, subnet, vpc, tags = {} }: Node): object => ({
  ReservationId: `r-${id.slice(2)}`,
  OwnerId: account,
  Groups: [],
  Instances: [
    {
      InstanceId: id,
      State: { Code: 16, Name: "running" },
      VpcId: vpc,
      SubnetId: subnet,
      LaunchTime: launched,
      SecurityGroups: groups.map((group) => ({ GroupId: group, GroupName: group })),
      NetworkInterfaces: [],
      ...(profile === undefined
        ? {}
        : { IamInstanceProfile: { Arn: arn(`instance-profile/${profile}`), Id: "AIPAEXAMPLE" } }),
      Tags: tagsOf({ Name: name, ...tags }),
    },
  ],
});

const group = (id: string, vpc: string, tags: Tags = {}): object => ({
  GroupId: id,
  GroupName: id,
  VpcId: vpc,
  OwnerId: account,
  Description: "made by hand",
  IpPermissions: [],
  IpPermissionsEgress: [],
  Tags: tagsOf(tags),
});
const subnet = (region: string, id: string, vpc: string, zone: string, tags: Tags = {}): object => ({
  SubnetId: id,
  VpcId: vpc,
  OwnerId: account,
  AvailabilityZone: `${region}${zone}`,
  CidrBlock: "10.0.0.0/20",
  State: "available",
  SubnetArn: `arn:aws:ec2:${region}:${account}:subnet/${id}`,
  Tags: tagsOf(tags),
});
const routeTable = (
  id: string,
  vpc: string,
  subnets: readonly string[],
  internet: boolean,
  tags: Tags = {},
): object => ({
  RouteTableId: id,
  VpcId: vpc,
  OwnerId: account,
  Associations: subnets.map((each, n) => ({
    RouteTableAssociationId: `rtbassoc-${id.slice(4)}${n}`,
    RouteTableId: id,
    SubnetId: each,
    Main: false,
  })),
  Routes: [
    { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active", Origin: "CreateRouteTable" },
    ...(internet
      ? [
          {
            DestinationCidrBlock: "0.0.0.0/0",
            GatewayId: "igw-0acme",
            State: "active",
            Origin: "CreateRoute",
          },
        ]
      : []),
  ],
  Tags: tagsOf(tags),
});

/** The shop's cluster, in which tags went wrong, and what else lives in the region. */
const vpc = "vpc-0a11ce";
const ireland = {
  Reservations: [
    ...[1, 2, 3].map((n) =>
      node({
        id: `i-0c0000000000000${n}`,
        name: `shop-cp-${n}`,
        profile: "rancher-controlplane",
        groups: ["sg-0c1"],
        subnet: `subnet-0a${n}`,
        vpc,
        tags: shop,
      }),
    ),
    ...[1, 2].map((n) =>
      node({
        id: `i-0d0000000000000${n}`,
        name: `shop-worker-${n}`,
        profile: "rancher-worker",
        groups: ["sg-0d1"],
        subnet: `subnet-0a${n}`,
        vpc,
        tags: shop,
      }),
    ),
    // Two tagged groups on one node: a load balancer cannot choose.
    node({
      id: "i-0d00000000000003",
      name: "shop-worker-3",
      profile: "rancher-worker",
      groups: ["sg-0d1", "sg-0d2"],
      subnet: "subnet-0a3",
      vpc,
      tags: shop,
    }),
    // Scaled by hand: the tag was forgotten.
    node({
      id: "i-0d00000000000004",
      name: "shop-worker-4",
      profile: "rancher-worker",
      groups: ["sg-0d1"],
      subnet: "subnet-0a1",
      vpc,
    }),
    // Moved from the lab, and still half there.
    node({
      id: "i-0d00000000000005",
      name: "shop-worker-5",
      profile: "rancher-worker",
      groups: ["sg-0d1"],
      subnet: "subnet-0a2",
      vpc,
      tags: { ...shop, ...lab },
    }),
    // Without an instance profile: no credentials at all.
    node({
      id: "i-0d00000000000006",
      name: "shop-worker-6",
      groups: ["sg-0d1"],
      subnet: "subnet-0a2",
      vpc,
      tags: shop,
    }),
    // Several groups, none of them tagged.
    node({
      id: "i-0d00000000000007",
      name: "shop-worker-7",
      profile: "rancher-worker",
      groups: ["sg-0e1", "sg-0e2"],
      subnet: "subnet-0a3",
      vpc,
      tags: shop,
    }),
    node({
      id: "i-0b00000000000001",
      name: "bastion",
      profile: "bastion",
      groups: ["sg-0e1"],
      subnet: "subnet-0a1",
      vpc,
    }),
    node({
      id: "i-0b00000000000002",
      name: "jenkins-agent-1",
      profile: "jenkins-agent",
      groups: ["sg-0e1", "sg-0e2"],
      subnet: "subnet-0a2",
      vpc,
    }),
  ],
  SecurityGroups: [
    group("sg-0c1", vpc, shop),
    group("sg-0d1", vpc, shop),
    group("sg-0d2", vpc, shop),
    group("sg-0e1", vpc),
    group("sg-0e2", vpc),
  ],
  Subnets: [
    subnet("eu-west-1", "subnet-0a1", vpc, "a", {
      "kubernetes.io/cluster/c-x7k2p": "shared",
      "kubernetes.io/role/elb": "1",
    }),
    subnet("eu-west-1", "subnet-0a2", vpc, "b", {
      "kubernetes.io/cluster/c-x7k2p": "shared",
      "kubernetes.io/role/elb": "1",
    }),
    // It still says that it is the lab's, which has gone from it.
    subnet("eu-west-1", "subnet-0a3", vpc, "c", { "kubernetes.io/cluster/c-lab42": "shared" }),
  ],
  RouteTables: [
    routeTable("rtb-0a1", vpc, ["subnet-0a1", "subnet-0a2", "subnet-0a3"], true, {
      "kubernetes.io/cluster/c-x7k2p": "shared",
    }),
  ],
};

/** The lab's cluster, as it should be. */
const labVpc = "vpc-01ab";
const oregon = {
  Reservations: [
    node({
      id: "i-0f00000000000001",
      name: "lab-cp-1",
      profile: "rancher-controlplane",
      groups: ["sg-0f1"],
      subnet: "subnet-0f1",
      vpc: labVpc,
      tags: lab,
    }),
    node({
      id: "i-0f00000000000002",
      name: "lab-worker-1",
      profile: "rancher-worker",
      groups: ["sg-0f2", "sg-0f9"],
      subnet: "subnet-0f1",
      vpc: labVpc,
      tags: lab,
    }),
    node({
      id: "i-0f00000000000003",
      name: "lab-worker-2",
      profile: "rancher-worker",
      groups: ["sg-0f2"],
      subnet: "subnet-0f1",
      vpc: labVpc,
      tags: lab,
    }),
  ],
  SecurityGroups: [group("sg-0f1", labVpc, lab), group("sg-0f2", labVpc, lab), group("sg-0f9", labVpc)],
  Subnets: [
    subnet("us-west-2", "subnet-0f1", labVpc, "a", {
      "kubernetes.io/cluster/c-lab42": "shared",
      "kubernetes.io/role/elb": "1",
    }),
  ],
  RouteTables: [
    routeTable("rtb-0f1", labVpc, ["subnet-0f1"], true, { "kubernetes.io/cluster/c-lab42": "shared" }),
  ],
};

export const regions = { "eu-west-1": ireland, "us-west-2": oregon };
