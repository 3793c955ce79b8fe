import type { InstanceFacts, RegionFacts, RouteTableFacts, SubnetFacts, Tags } from "../../model/facts.ts";
import type { Denied, Roster } from "../../model/seen.ts";
import { fold } from "./cluster-key.ts";
import { type ClusterTags, clusterIds, tagReader } from "./read-tags.ts";
import { count, type Tally, tallyAt } from "./tally.ts";

export type TaggedType = "instance" | "security-group" | "subnet" | "route-table";
export const taggedTypes = ["instance", "security-group", "subnet", "route-table"] as const;

/** A resource that carries tags, read once. */
export interface Item {
  readonly type: TaggedType;
  readonly id: string;
  readonly name?: string;
  readonly vpc?: string;
  readonly tags: Tags;
  readonly read: ClusterTags;
  /** Clusters that cloud-provider-aws would find on it. */
  readonly ids: readonly string[];
  /** Clusters that Cluster API's keys name. */
  readonly capaIds: readonly string[];
  /** Watched clusters that a mistaken key or id was meant for. */
  readonly meantFor: readonly Lookalike[];
}

export interface Lookalike {
  readonly cluster: string;
  readonly key: string;
  readonly value: string;
}

export interface Node extends Item {
  readonly facts: InstanceFacts;
}

export interface Subnet extends Item {
  readonly facts: SubnetFacts;
}

export interface RouteTable extends Item {
  readonly facts: RouteTableFacts;
}

/** What nodes have in common with each other, by what it is. */
export interface Neighbours {
  readonly autoScalingGroup: Map<string, Tally>;
  readonly launchTemplate: Map<string, Tally>;
  readonly profile: Map<string, Tally>;
  readonly group: Map<string, Tally>;
  readonly subnet: Map<string, Tally>;
  readonly vpc: Map<string, Tally>;
}

/** One region's resources, each once, found by id in one step. */
export interface RegionIndex {
  readonly region: string;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly groups: ReadonlyMap<string, Item>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly routeTables: ReadonlyMap<string, RouteTable>;
  readonly subnetsByVpc: ReadonlyMap<string, readonly Subnet[]>;
  /** The table that a subnet is associated with by name, by the subnet's id. */
  readonly tableOfSubnet: ReadonlyMap<string, RouteTable>;
  /** The table of the other subnets, by the VPC's id. */
  readonly mainTable: ReadonlyMap<string, RouteTable>;
  readonly neighbours: Neighbours;
  readonly gaps: ReadonlyMap<TaggedType, Denied>;
}

/** The watched clusters' names, as far as reading tags needs them. */
export interface WatchedNames {
  readonly ids: ReadonlySet<string>;
  /** By their folded form. */
  readonly folded: ReadonlyMap<string, string>;
  /** From Cluster API's name to the id, where they differ. */
  readonly capa: ReadonlyMap<string, string>;
}

export function indexRegion(facts: RegionFacts, names: WatchedNames): RegionIndex {
  const read = memoTags(tagReader());
  const capaNames = linkCapaNames(facts, names, read);
  const foldId = memo(fold);
  const item = <T extends { readonly id: string; readonly vpc?: string; readonly tags: Tags }>(
    type: TaggedType,
    from: T,
    name?: string,
  ): Item => {
    const tags = read(from.tags);
    const ids = clusterIds(tags);
    return {
      type,
      id: from.id,
      ...(name === undefined ? {} : { name }),
      ...(from.vpc === undefined ? {} : { vpc: from.vpc }),
      tags: from.tags,
      read: tags,
      ids,
      capaIds: tags.capa.length === 0 ? none : tags.capa.map(({ id }) => capaNames.get(id) ?? id),
      meantFor: meantFor(tags, names, foldId),
    };
  };
  const nodes = new Map<string, Node>();
  for (const facts_ of facts.instances.items)
    if (isLive(facts_)) nodes.set(facts_.id, { ...item("instance", facts_), facts: facts_ });
  const groups = new Map<string, Item>();
  for (const group of facts.groups.items) groups.set(group.id, item("security-group", group, group.name));
  const subnets = new Map<string, Subnet>();
  for (const subnet of facts.subnets.items)
    subnets.set(subnet.id, { ...item("subnet", subnet), facts: subnet });
  const routeTables = new Map<string, RouteTable>();
  for (const table of facts.routeTables.items)
    routeTables.set(table.id, { ...item("route-table", table), facts: table });
  const tableOfSubnet = new Map<string, RouteTable>();
  const mainTable = new Map<string, RouteTable>();
  for (const table of routeTables.values()) {
    for (const subnet of table.facts.subnets) tableOfSubnet.set(subnet, table);
    if (table.facts.main && table.vpc !== undefined) mainTable.set(table.vpc, table);
  }
  return {
    region: facts.region,
    nodes,
    groups,
    subnets,
    routeTables,
    subnetsByVpc: byVpc(subnets.values()),
    tableOfSubnet,
    mainTable,
    neighbours: neighboursOf(nodes.values()),
    gaps: gapsOf([
      ["instance", facts.instances],
      ["security-group", facts.groups],
      ["subnet", facts.subnets],
      ["route-table", facts.routeTables],
    ]),
  };
}

const isLive = ({ state }: InstanceFacts): boolean => state !== "terminated" && state !== "shutting-down";

/** Cluster API's bastion host: of the cluster, but no node of it. */
export const isBastion = ({ read }: Item): boolean => read.capaRole === "bastion";

/** The clusters that a resource says it is of: by the provider's tags, or else by Cluster API's. */
export const taggedClusters = ({ ids, capaIds }: Item): readonly string[] => (ids.length > 0 ? ids : capaIds);

/** The last segment of an instance profile's ARN. */
export const profileName = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

const none: readonly string[] = [];

/** Tags are looked at twice, read once. */
function memoTags(read: (tags: Tags) => ClusterTags): (tags: Tags) => ClusterTags {
  const known = new Map<Tags, ClusterTags>();
  return (tags) => {
    let answer = known.get(tags);
    if (answer === undefined) {
      answer = read(tags);
      known.set(tags, answer);
    }
    return answer;
  };
}

/**
 * Cluster API's name for a cluster and the id in the provider's key may differ (EKS). Where no
 * configuration says so, resources that carry one of each do, as long as all agree and the name is no
 * cluster's id itself.
 */
function linkCapaNames(
  facts: RegionFacts,
  names: WatchedNames,
  read: (tags: Tags) => ClusterTags,
): ReadonlyMap<string, string> {
  const ids = new Set(names.ids);
  const links = new Map<string, string | undefined>();
  for (const { items } of [facts.instances, facts.groups, facts.subnets, facts.routeTables])
    for (const { tags } of items) {
      const { keys, capa } = read(tags);
      for (const { id } of keys) ids.add(id);
      const [key, ...keysMore] = keys;
      const [own, ...ownMore] = capa;
      if (key === undefined || own === undefined || keysMore.length + ownMore.length > 0) continue;
      links.set(own.id, links.has(own.id) && links.get(own.id) !== key.id ? undefined : key.id);
    }
  const sure = new Map<string, string>();
  for (const [name, id] of links) if (id !== undefined && !ids.has(name)) sure.set(name, id);
  for (const [name, id] of names.capa) sure.set(name, id);
  return sure;
}

function meantFor(
  tags: ClusterTags,
  names: WatchedNames,
  foldId: (id: string) => string,
): readonly Lookalike[] {
  if (tags.keys.length + tags.lookalikes.length === 0 && tags.legacy === undefined) return [];
  const found: Lookalike[] = [];
  const add = (id: string, key: string, value: string): void => {
    const cluster = names.folded.get(foldId(id));
    if (cluster !== undefined) found.push({ cluster, key, value });
  };
  for (const { id, key, value } of tags.keys) if (!names.ids.has(id)) add(id, key, value);
  for (const { id, key, value } of tags.lookalikes) add(id, key, value);
  if (tags.legacy !== undefined && tags.legacy !== "" && !names.ids.has(tags.legacy))
    add(tags.legacy, "KubernetesCluster", tags.legacy);
  return found;
}

function neighboursOf(nodes: Iterable<Node>): Neighbours {
  const neighbours: Neighbours = {
    autoScalingGroup: new Map(),
    launchTemplate: new Map(),
    profile: new Map(),
    group: new Map(),
    subnet: new Map(),
    vpc: new Map(),
  };
  for (const node of nodes) {
    if (isBastion(node)) continue;
    const [cluster, ...more] = taggedClusters(node);
    // A node of two clusters speaks for neither.
    if (more.length > 0) continue;
    const enter = (tallies: Map<string, Tally>, what: string | undefined): void => {
      if (what === undefined) return;
      const tally = tallyAt(tallies, what);
      if (cluster === undefined) tally.untagged += 1;
      else count(tally, cluster);
    };
    enter(neighbours.autoScalingGroup, node.read.autoScalingGroup);
    enter(neighbours.launchTemplate, node.read.launchTemplate);
    enter(neighbours.profile, node.facts.profile);
    for (const group of new Set(node.facts.groups)) enter(neighbours.group, group);
    enter(neighbours.subnet, node.facts.subnet);
    enter(neighbours.vpc, node.facts.vpc);
  }
  return neighbours;
}

function byVpc(subnets: Iterable<Subnet>): Map<string, Subnet[]> {
  const vpcs = new Map<string, Subnet[]>();
  for (const subnet of subnets) {
    if (subnet.vpc === undefined) continue;
    const there = vpcs.get(subnet.vpc);
    if (there === undefined) vpcs.set(subnet.vpc, [subnet]);
    else there.push(subnet);
  }
  return vpcs;
}

function gapsOf(rosters: readonly (readonly [TaggedType, Roster<unknown>])[]): Map<TaggedType, Denied> {
  const gaps = new Map<TaggedType, Denied>();
  for (const [type, { gap }] of rosters) if (gap !== undefined) gaps.set(type, gap);
  return gaps;
}

function memo(of: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = of(text);
      known.set(text, answer);
    }
    return answer;
  };
}
