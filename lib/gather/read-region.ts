import type {
  InstanceFacts,
  RegionFacts,
  RouteTableFacts,
  SecurityGroupFacts,
  SubnetFacts,
} from "../model/facts.ts";
import { type Denied, denied, type Roster } from "../model/seen.ts";
import { defined, instantOf, listOf, member, tagsOf, textOf } from "./read-value.ts";

/** The lists of a region, and what reads each: the IAM action's name, and the CLI's command. */
export const regionReads = {
  instances: { action: "ec2:DescribeInstances", command: "describe-instances" },
  groups: { action: "ec2:DescribeSecurityGroups", command: "describe-security-groups" },
  subnets: { action: "ec2:DescribeSubnets", command: "describe-subnets" },
  routeTables: { action: "ec2:DescribeRouteTables", command: "describe-route-tables" },
} as const;
export type RegionList = keyof typeof regionReads;

/** The pages of one EC2 read, and why they are not all. */
export interface Pages {
  readonly pages: readonly unknown[];
  readonly gap?: Denied;
}

/** EC2's own shapes, which the SDK answers and the CLI prints alike, as the facts of a region. */
export function assembleRegion(
  region: string,
  read: Readonly<Record<RegionList, Pages>>,
  source: (list: RegionList) => string,
): RegionFacts {
  const roster = <T>(list: RegionList, key: string, one: (entry: unknown) => T | undefined): Roster<T> => {
    const items: T[] = [];
    let { gap } = read[list];
    const fault = (text: string) => {
      gap ??= denied(source(list), text);
    };
    for (const page of read[list].pages) {
      const entries = key === "Reservations" ? instancesOf(page, fault) : listOf(page, key);
      if (entries === undefined) fault(`it does not hold \`${key}\``);
      for (const [index, entry] of (entries ?? []).entries()) {
        const item = one(entry);
        if (item === undefined) fault(`entry ${index + 1} of \`${key}\` cannot be read`);
        else items.push(item);
      }
    }
    return { items, ...(gap === undefined ? {} : { gap }) };
  };
  const instances = roster("instances", "Reservations", readInstance);
  return {
    region,
    instances: { ...instances, items: instances.items.filter(({ state }) => !gone.has(state)) },
    groups: roster("groups", "SecurityGroups", readGroup),
    subnets: roster("subnets", "Subnets", readSubnet),
    routeTables: roster("routeTables", "RouteTables", readRouteTable),
  };
}

/** States from which an instance does not come back; it lingers in answers for an hour. */
const gone: ReadonlySet<string> = new Set(["shutting-down", "terminated"]);

function instancesOf(page: unknown, fault: (text: string) => void): readonly unknown[] | undefined {
  return listOf(page, "Reservations")?.flatMap((reservation, index) => {
    const instances = listOf(reservation, "Instances");
    if (instances === undefined) fault(`entry ${index + 1} of \`Reservations\` does not hold \`Instances\``);
    return instances ?? [];
  });
}

function readInstance(entry: unknown): InstanceFacts | undefined {
  const id = textOf(entry, "InstanceId");
  const state = textOf(member(entry, "State"), "Name");
  if (id === undefined || state === undefined) return undefined;
  const groups = idsOfGroups(entry, "SecurityGroups");
  // An answer without the instance's own list still has it at the primary interface.
  if (groups.length === 0)
    for (const face of listOf(entry, "NetworkInterfaces") ?? [])
      if (member(member(face, "Attachment"), "DeviceIndex") === 0)
        groups.push(...idsOfGroups(face, "Groups"));
  return {
    id,
    state,
    groups: [...new Set(groups)],
    tags: tagsOf(entry),
    ...defined<Pick<InstanceFacts, "vpc" | "subnet" | "profile" | "launchedAt">>({
      vpc: textOf(entry, "VpcId"),
      subnet: textOf(entry, "SubnetId"),
      profile: textOf(member(entry, "IamInstanceProfile"), "Arn"),
      launchedAt: instantOf(entry, "LaunchTime"),
    }),
  };
}

const idsOfGroups = (holder: unknown, key: string): string[] =>
  (listOf(holder, key) ?? []).map((group) => textOf(group, "GroupId")).filter((id) => id !== undefined);

function readGroup(entry: unknown): SecurityGroupFacts | undefined {
  const id = textOf(entry, "GroupId");
  if (id === undefined) return undefined;
  return {
    id,
    name: textOf(entry, "GroupName") ?? "",
    tags: tagsOf(entry),
    ...defined<Pick<SecurityGroupFacts, "vpc">>({ vpc: textOf(entry, "VpcId") }),
  };
}

function readSubnet(entry: unknown): SubnetFacts | undefined {
  const id = textOf(entry, "SubnetId");
  if (id === undefined) return undefined;
  return {
    id,
    tags: tagsOf(entry),
    ...defined<Pick<SubnetFacts, "vpc" | "zone">>({
      vpc: textOf(entry, "VpcId"),
      zone: textOf(entry, "AvailabilityZone"),
    }),
  };
}

function readRouteTable(entry: unknown): RouteTableFacts | undefined {
  const id = textOf(entry, "RouteTableId");
  if (id === undefined) return undefined;
  const associations = listOf(entry, "Associations") ?? [];
  return {
    id,
    main: associations.some((association) => member(association, "Main") === true),
    subnets: associations.map((each) => textOf(each, "SubnetId")).filter((subnet) => subnet !== undefined),
    internet: (listOf(entry, "Routes") ?? []).some(isInternetRoute),
    tags: tagsOf(entry),
    ...defined<Pick<RouteTableFacts, "vpc">>({ vpc: textOf(entry, "VpcId") }),
  };
}

/** As `isSubnetPublic` of cloud-provider-aws has it: wherever the route leads, by its gateway alone. */
const isInternetRoute = (route: unknown): boolean => textOf(route, "GatewayId")?.startsWith("igw") === true;
