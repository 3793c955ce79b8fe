import type { ClusterInput } from "../../../lib/controls/cluster/judge-clusters.ts";
import type { WatchedCluster } from "../../../lib/model/config.ts";
import type { IamFacts, RegionFacts, Tags } from "../../../lib/model/facts.ts";
import { denied, type Roster } from "../../../lib/model/seen.ts";

/** A case of `test/cases/cluster/<control>.json`: a region's resources and what the control says of each. */
export interface ClusterCase {
  readonly name: string;
  readonly watched?: Partial<WatchedCluster> | readonly Partial<WatchedCluster>[];
  readonly nodes?: Readonly<Record<string, NodeCase>>;
  readonly groups?: Readonly<Record<string, { name?: string; vpc?: string; tags?: TagsCase }>>;
  readonly subnets?: Readonly<Record<string, { vpc?: string; zone?: string; tags?: TagsCase }>>;
  readonly tables?: Readonly<Record<string, TableCase>>;
  /** Instance profiles and the roles in them; `nodes` with the role `node` when undefined. */
  readonly profiles?: Readonly<Record<string, readonly string[]>>;
  /** Lists of which only this much was seen. */
  readonly gaps?: readonly ("nodes" | "groups" | "subnets" | "tables" | "profiles")[];
  /**
   * By the resource's id (a cluster's is its own): `failed`, or `failed info` where the severity is not
   * the control's. These and no others.
   */
  readonly expect: Readonly<Record<string, string>>;
  /** Found in the details, consequences and commands of what failed. */
  readonly says?: readonly string[];
  /** Ids of docs/rules.yml that it shows. */
  readonly rules?: readonly string[];
}

type TagsCase = Readonly<Record<string, string>>;

interface NodeCase {
  readonly tags?: TagsCase;
  readonly groups?: readonly string[];
  readonly subnet?: string | null;
  readonly vpc?: string | null;
  readonly profile?: string | null;
  readonly launched?: string;
  readonly state?: string;
}

interface TableCase {
  readonly vpc?: string;
  readonly main?: boolean;
  readonly subnets?: readonly string[];
  readonly internet?: boolean;
  readonly tags?: TagsCase;
}

export const identity = { account: "210987654321", partition: "aws" } as const;
export const now = new Date("2026-06-01T12:00:00Z");
export const region = "eu-west-1";

export const watchedCluster = (more: Partial<WatchedCluster> = {}): WatchedCluster => ({
  platform: "rancher",
  cluster: "c1",
  region,
  without: [],
  requiredTags: [],
  profiles: [],
  graceSeconds: 300,
  severities: {},
  place: { file: "rolecall.yml", line: 3, column: 5 },
  ...more,
});

export function inputOf(given: Omit<ClusterCase, "name" | "expect">): ClusterInput {
  const entries = Array.isArray(given.watched) ? given.watched : [given.watched ?? {}];
  return {
    identity,
    iam: iamOf(given),
    regions: [regionOf(given)],
    watched: entries.map((entry: Partial<WatchedCluster>) => watchedCluster(entry)),
    now,
  };
}

function regionOf({ nodes = {}, groups = {}, subnets = {}, tables = {}, gaps = [] }: Partial<ClusterCase>) {
  const roster = <T>(items: readonly T[], gap: (typeof gaps)[number], action: string): Roster<T> =>
    gaps.includes(gap) ? { items, gap: denied(action, "AccessDenied") } : { items };
  const facts: RegionFacts = {
    region,
    instances: roster(
      Object.entries(nodes).map(([id, node]) => ({
        id,
        state: node.state ?? "running",
        groups: node.groups ?? [],
        launchedAt: node.launched ?? "2026-03-01T10:00:00+00:00",
        tags: tagsOf(node.tags),
        ...(node.vpc === null ? {} : { vpc: node.vpc ?? "vpc-1" }),
        ...(node.subnet === null ? {} : { subnet: node.subnet ?? "subnet-1" }),
        ...(node.profile === null
          ? {}
          : { profile: `arn:aws:iam::210987654321:instance-profile/${node.profile ?? "nodes"}` }),
      })),
      "nodes",
      "ec2:DescribeInstances",
    ),
    groups: roster(
      Object.entries(groups).map(([id, group]) => ({
        id,
        name: group.name ?? `name-of-${id}`,
        vpc: group.vpc ?? "vpc-1",
        tags: tagsOf(group.tags),
      })),
      "groups",
      "ec2:DescribeSecurityGroups",
    ),
    subnets: roster(
      Object.entries(subnets).map(([id, subnet]) => ({
        id,
        vpc: subnet.vpc ?? "vpc-1",
        zone: subnet.zone ?? "eu-west-1a",
        tags: tagsOf(subnet.tags),
      })),
      "subnets",
      "ec2:DescribeSubnets",
    ),
    routeTables: roster(
      Object.entries(tables).map(([id, table]) => ({
        id,
        vpc: table.vpc ?? "vpc-1",
        main: table.main ?? false,
        subnets: table.subnets ?? [],
        internet: table.internet ?? false,
        tags: tagsOf(table.tags),
      })),
      "tables",
      "ec2:DescribeRouteTables",
    ),
  };
  return facts;
}

function iamOf({ profiles = { nodes: ["node"] }, gaps = [] }: Partial<ClusterCase>): IamFacts {
  const items = Object.entries(profiles).map(([name, roles]) => ({
    arn: `arn:aws:iam::210987654321:instance-profile/${name}`,
    name,
    path: "/",
    roles,
  }));
  return {
    roles: { items: [] },
    policies: { items: [] },
    users: { items: [] },
    profiles: gaps.includes("profiles")
      ? { items, gap: denied("iam:ListInstanceProfiles", "AccessDenied") }
      : { items },
  };
}

const tagsOf = (tags: TagsCase = {}): Tags => new Map(Object.entries(tags));
