/**
 * EC2's answers for one region as they come over the wire, of any size: each cluster with its VPC,
 * subnets, groups and nodes, and a mistake of some kind on every twentieth resource.
 */
export interface Answers {
  readonly instances: unknown;
  readonly groups: unknown;
  readonly subnets: unknown;
  readonly routeTables: unknown;
}

const account = "210987654321";
const hex = (n: number): string => n.toString(16).padStart(17, "0");

/** Per 100 nodes: a cluster, 20 groups, 5 subnets and a route table. */
export function answersOf(nodes: number): Answers {
  const clusters = Math.max(1, Math.round(nodes / 100));
  const range = (length: number) => Array.from({ length }, (_, at) => at);
  return {
    instances: {
      Reservations: range(nodes).map((at) => ({
        ReservationId: `r-${hex(at)}`,
        OwnerId: account,
        Groups: [],
        Instances: [instance(at, at % clusters, clusters)],
      })),
    },
    groups: { SecurityGroups: range(clusters * 20).map((at) => group(at, clusters)) },
    subnets: { Subnets: range(clusters * 5).map((at) => subnet(at, clusters)) },
    routeTables: { RouteTables: range(clusters).map((at) => routeTable(at)) },
  };
}

export const clusterName = (at: number): string => `c-${at.toString(36).padStart(5, "0")}`;

const clusterTag = (cluster: number, value = "owned") => ({
  Key: `kubernetes.io/cluster/${clusterName(cluster)}`,
  Value: value,
});

function instance(at: number, cluster: number, clusters: number) {
  const id = `i-${hex(at)}`;
  const vpc = `vpc-${hex(cluster)}`;
  const subnetId = `subnet-${hex(cluster + clusters * (at % 5))}`;
  const mistake = at % 20;
  const address = `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;
  const dns = `ip-${address.replaceAll(".", "-")}.eu-west-1.compute.internal`;
  const groups = [cluster, cluster + clusters, ...(mistake === 7 ? [cluster + 2 * clusters] : [])].map(
    (g) => ({
      GroupId: `sg-${hex(g)}`,
      GroupName: `group-${g}`,
    }),
  );
  return {
    AmiLaunchIndex: 0,
    ImageId: "ami-0abcdef1234567890",
    InstanceId: id,
    InstanceType: "m6i.xlarge",
    KeyName: "platform",
    LaunchTime: "2026-03-01T10:00:00+00:00",
    Monitoring: { State: "disabled" },
    Placement: { AvailabilityZone: "eu-west-1a", GroupName: "", Tenancy: "default" },
    PrivateDnsName: dns,
    PrivateIpAddress: address,
    ProductCodes: [],
    PublicDnsName: "",
    State: { Code: 16, Name: "running" },
    StateTransitionReason: "",
    SubnetId: subnetId,
    VpcId: vpc,
    Architecture: "x86_64",
    BlockDeviceMappings: [
      {
        DeviceName: "/dev/xvda",
        Ebs: {
          AttachTime: "2026-03-01T10:00:01+00:00",
          DeleteOnTermination: true,
          Status: "attached",
          VolumeId: `vol-${hex(at)}`,
        },
      },
    ],
    ClientToken: `token-${hex(at)}`,
    EbsOptimized: true,
    EnaSupport: true,
    Hypervisor: "xen",
    IamInstanceProfile: {
      Arn: `arn:aws:iam::${account}:instance-profile/nodes-${cluster}`,
      Id: "AIPA000000000000NODES",
    },
    NetworkInterfaces: [
      {
        Attachment: {
          AttachTime: "2026-03-01T10:00:00+00:00",
          AttachmentId: `eni-attach-${hex(at)}`,
          DeleteOnTermination: true,
          DeviceIndex: 0,
          Status: "attached",
          NetworkCardIndex: 0,
        },
        Description: "",
        Groups: groups,
        Ipv6Addresses: [],
        MacAddress: "02:00:00:00:00:00",
        NetworkInterfaceId: `eni-${hex(at)}`,
        OwnerId: account,
        PrivateDnsName: dns,
        PrivateIpAddress: address,
        PrivateIpAddresses: [{ Primary: true, PrivateDnsName: dns, PrivateIpAddress: address }],
        SourceDestCheck: true,
        Status: "in-use",
        SubnetId: subnetId,
        VpcId: vpc,
        InterfaceType: "interface",
      },
    ],
    RootDeviceName: "/dev/xvda",
    RootDeviceType: "ebs",
    SecurityGroups: groups,
    SourceDestCheck: true,
    Tags: [
      { Key: "Name", Value: `${clusterName(cluster)}-node-${at}` },
      { Key: "team", Value: "platform" },
      { Key: "aws:autoscaling:groupName", Value: `nodes-${cluster}` },
      { Key: "aws:ec2launchtemplate:id", Value: `lt-${hex(cluster)}` },
      ...(mistake === 3 ? [] : [clusterTag(cluster, mistake === 5 ? "Owned" : "owned")]),
      ...(mistake === 9 ? [clusterTag((cluster + 1) % clusters)] : []),
    ],
    VirtualizationType: "hvm",
    CpuOptions: { CoreCount: 2, ThreadsPerCore: 2 },
    CapacityReservationSpecification: { CapacityReservationPreference: "open" },
    HibernationOptions: { Configured: false },
    MetadataOptions: {
      State: "applied",
      HttpTokens: "required",
      HttpPutResponseHopLimit: 2,
      HttpEndpoint: "enabled",
    },
    EnclaveOptions: { Enabled: false },
  };
}

/** The first of a cluster's groups is its own; the second is tagged by mistake every so often. */
function group(at: number, clusters: number) {
  const cluster = at % clusters;
  const kind = Math.floor(at / clusters);
  const tagged = kind === 0 || kind === 2;
  return {
    Description: "nodes",
    GroupName: `group-${at}`,
    IpPermissions: [
      {
        IpProtocol: "-1",
        IpRanges: [{ CidrIp: "10.0.0.0/8" }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [{ GroupId: `sg-${hex(at)}`, UserId: account }],
      },
    ],
    OwnerId: account,
    GroupId: `sg-${hex(at)}`,
    IpPermissionsEgress: [],
    Tags: [{ Key: "Name", Value: `group-${at}` }, ...(tagged ? [clusterTag(cluster)] : [])],
    VpcId: `vpc-${hex(cluster)}`,
  };
}

function subnet(at: number, clusters: number) {
  const cluster = at % clusters;
  return {
    AvailabilityZone: `eu-west-1${"abc"[at % 3]}`,
    AvailabilityZoneId: "euw1-az1",
    AvailableIpAddressCount: 200,
    CidrBlock: "10.0.0.0/24",
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
    State: "available",
    SubnetId: `subnet-${hex(at)}`,
    VpcId: `vpc-${hex(cluster)}`,
    OwnerId: account,
    SubnetArn: `arn:aws:ec2:eu-west-1:${account}:subnet/subnet-${hex(at)}`,
    Tags: [
      { Key: "Name", Value: `subnet-${at}` },
      { Key: at % 2 === 0 ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb", Value: "1" },
      ...(at % 20 === 11
        ? [clusterTag((cluster + 1) % clusters, "shared")]
        : [clusterTag(cluster, "shared")]),
    ],
  };
}

function routeTable(at: number) {
  return {
    Associations: [
      { Main: true, RouteTableAssociationId: `rtbassoc-${hex(at)}`, RouteTableId: `rtb-${hex(at)}` },
    ],
    PropagatingVgws: [],
    RouteTableId: `rtb-${hex(at)}`,
    Routes: [
      {
        DestinationCidrBlock: "0.0.0.0/0",
        GatewayId: `igw-${hex(at)}`,
        Origin: "CreateRoute",
        State: "active",
      },
    ],
    Tags: [clusterTag(at)],
    VpcId: `vpc-${hex(at)}`,
    OwnerId: account,
  };
}
