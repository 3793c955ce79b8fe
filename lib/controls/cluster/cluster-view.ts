import type { WatchedCluster } from "../../model/config.ts";
import type { IamFacts } from "../../model/facts.ts";
import { clusterPrefix, legacyKey } from "./cluster-key.ts";
import { type Conventions, conventionsOf } from "./conventions.ts";
import { type Inference, inferCluster, type ProfileOwner } from "./infer-cluster.ts";
import {
  type Item,
  isBastion,
  type Node,
  type RegionIndex,
  type RouteTable,
  type Subnet,
  taggedClusters,
} from "./region-index.ts";
import type { Tally } from "./tally.ts";

/** One of a cluster's resources, and how that is known. */
export interface Member<T extends Item = Item> {
  readonly item: T;
  /** By the provider's key, the legacy tag, Cluster API's key, a misspelt key, or by its neighbours. */
  readonly how: "key" | "legacy" | "capa" | "lookalike" | "inferred";
  /** What its neighbours say, for a person; empty when its tags say it. */
  readonly evidence: readonly string[];
}

export interface Members {
  readonly nodes: Member<Node>[];
  readonly groups: Member[];
  readonly subnets: Member<Subnet>[];
  readonly routeTables: Member<RouteTable>[];
  /** Nodes tagged for another cluster whose neighbours speak for this one. */
  readonly strays: Stray[];
}

export interface Stray {
  readonly node: Node;
  readonly evidence: readonly string[];
}

/** A watched cluster as its region shows it: what the controls judge. */
export interface ClusterView extends Members {
  readonly watched: WatchedCluster;
  readonly id: string;
  /** Nodes, groups, subnets and route tables in one list. */
  readonly all: readonly Member[];
  /** The key that its resources carry. */
  readonly key: string;
  readonly conventions: Conventions;
  readonly index: RegionIndex;
  readonly iam: IamFacts;
  /** Names of the roles in a profile; undefined: not on the roster. */
  readonly rolesInProfile: ReadonlyMap<string, readonly string[]>;
  readonly profileOwner: ProfileOwner;
  readonly now: Date;
}

export const clusterView = (
  watched: WatchedCluster,
  members: Members,
  shared: Pick<ClusterView, "index" | "iam" | "rolesInProfile" | "profileOwner" | "now">,
): ClusterView => ({
  ...shared,
  ...members,
  all: [...members.nodes, ...members.groups, ...members.subnets, ...members.routeTables],
  watched,
  id: watched.cluster,
  key: clusterPrefix + watched.cluster,
  conventions: conventionsOf(watched.platform),
});

export const noMembers = (): Members => ({ nodes: [], groups: [], subnets: [], routeTables: [], strays: [] });

export const isEmpty = ({ nodes, groups, subnets, routeTables }: Members): boolean =>
  nodes.length + groups.length + subnets.length + routeTables.length === 0;

/** Every resource of the region given to the clusters it belongs to, in one pass over each kind. */
export function assignMembers(
  index: RegionIndex,
  clusters: ReadonlySet<string>,
  profileOwner: ProfileOwner,
): ReadonlyMap<string, Members> {
  const members = new Map([...clusters].map((cluster) => [cluster, noMembers()] as const));
  for (const node of index.nodes.values()) {
    if (isBastion(node)) continue;
    const told = assign(node, members, (of, member) => of.nodes.push(member));
    const tagged = taggedClusters(node);
    if (tagged.length === 0 && told) continue;
    if (tagged.length > 0) {
      const stray = strayTo(node, tagged, index, profileOwner);
      if (stray !== undefined) members.get(stray.cluster)?.strays.push({ node, evidence: stray.evidence });
      continue;
    }
    const inference = inferCluster(node, index, profileOwner);
    if (inference !== undefined)
      members
        .get(inference.cluster)
        ?.nodes.push({ item: node, how: "inferred", evidence: inference.evidence });
  }
  for (const group of index.groups.values()) {
    const told = assign(group, members, (of, member) => of.groups.push(member));
    if (told || group.ids.length + group.capaIds.length > 0) continue;
    for (const cluster of index.neighbours.group.get(group.id)?.counts.keys() ?? [])
      members
        .get(cluster)
        ?.groups.push({ item: group, how: "inferred", evidence: ["nodes of the cluster are in it"] });
  }
  for (const subnet of index.subnets.values()) {
    const told = assign(subnet, members, (of, member) => of.subnets.push(member));
    if (told || subnet.ids.length + subnet.capaIds.length > 0) continue;
    for (const cluster of index.neighbours.subnet.get(subnet.id)?.counts.keys() ?? [])
      members
        .get(cluster)
        ?.subnets.push({ item: subnet, how: "inferred", evidence: ["nodes of the cluster are in it"] });
  }
  for (const table of index.routeTables.values()) {
    const told = assign(table, members, (of, member) => of.routeTables.push(member));
    if (told || table.ids.length + table.capaIds.length > 0) continue;
    for (const cluster of clustersRouted(table, index))
      members.get(cluster)?.routeTables.push({
        item: table,
        how: "inferred",
        evidence: ["it routes for a subnet of its nodes"],
      });
  }
  return members;
}

/** The cluster that the neighbours of a node speak for against its own tag. */
function strayTo(
  node: Node,
  tagged: readonly string[],
  index: RegionIndex,
  profileOwner: ProfileOwner,
): Inference | undefined {
  const [self, ...more] = tagged;
  if (self === undefined || more.length > 0 || !hasForeignNeighbour(node, self, index)) return undefined;
  const inference = inferCluster(node, index, profileOwner, self);
  return inference?.cluster === self ? undefined : inference;
}

/** Cheap, since it is asked of every node: only something of another cluster's can make a stray. */
function hasForeignNeighbour(node: Node, self: string, { neighbours, groups }: RegionIndex): boolean {
  const { read, facts } = node;
  if (read.launch.some(({ id }) => id !== self)) return true;
  const mixed = (tally: Tally | undefined): boolean => (tally?.counts.size ?? 0) > 1;
  if (read.autoScalingGroup !== undefined && mixed(neighbours.autoScalingGroup.get(read.autoScalingGroup)))
    return true;
  return facts.groups.some((id) => {
    const ids = groups.get(id)?.ids ?? [];
    return (ids.length > 0 && !ids.includes(self)) || mixed(neighbours.group.get(id));
  });
}

/** Clusters whose nodes are in a subnet that the table is associated with by name. */
export function clustersRouted(table: RouteTable, index: RegionIndex): ReadonlySet<string> {
  const clusters = new Set<string>();
  for (const subnet of table.facts.subnets)
    for (const cluster of index.neighbours.subnet.get(subnet)?.counts.keys() ?? []) clusters.add(cluster);
  return clusters;
}

const noEvidence: readonly string[] = [];

/** Gives the item to the watched clusters that its tags name; false when they name none. */
function assign<T extends Item>(
  item: T,
  members: ReadonlyMap<string, Members>,
  push: (of: Members, member: Member<T>) => void,
): boolean {
  if (item.ids.length + item.capaIds.length + item.meantFor.length === 0) return false;
  const given: string[] = [];
  const give = (cluster: string, how: Member["how"]): void => {
    const of = members.get(cluster);
    if (of === undefined || given.includes(cluster)) return;
    given.push(cluster);
    push(of, { item, how, evidence: noEvidence });
  };
  for (const { id } of item.read.keys) give(id, "key");
  if (item.read.legacy !== undefined) give(item.read.legacy, "legacy");
  for (const cluster of item.capaIds) give(cluster, "capa");
  for (const { cluster } of item.meantFor) give(cluster, "lookalike");
  return given.length > 0;
}

/** `cluster \`c1\` (inferred: its subnet is the cluster's)`: how it is known that the resource is one of it. */
export function ofCluster(view: ClusterView, member: Member): string {
  return `cluster \`${view.id}\` (${howKnown(view, member)})`;
}

function howKnown(view: ClusterView, { item, how, evidence }: Member): string {
  switch (how) {
    case "key":
      return `by its tag \`${view.key}\``;
    case "legacy":
      return `by its tag \`${legacyKey}=${view.id}\``;
    case "capa":
      return `by its tag \`${item.read.capa[item.capaIds.indexOf(view.id)]?.key}\``;
    case "lookalike": {
      const slip = item.meantFor.find(({ cluster }) => cluster === view.id);
      return `by its tag \`${slip?.key}=${slip?.value}\`, meant as \`${view.key}\``;
    }
    case "inferred":
      return `inferred: ${evidence.join("; ")}`;
    default:
      return how satisfies never;
  }
}
