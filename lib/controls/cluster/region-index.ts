import type { InstanceFacts, RegionFacts, RouteTableFacts, SubnetFacts, Tags } from "../../model/facts.ts";
import type { Denied, Roster } from "../../model/seen.ts";
import { fold } from "./cluster-key.ts";
import { type ClusterTags, clusterIds, tagReader } from "./read-tags.ts";
import { slipOf } from "./slip-of.ts";
import { count, type Tally, tallyAt } from "./tally.ts";

export type TaggedType = "instance" | "security-group" | "subnet" | "route-table";
export const taggedTypes = ["instance", "security-group", "subnet", "route-table"] as const;

/** A resource that carries tags, read once. */
export interface Item {
  readonly type: TaggedType;
  readonly id: string;
  readonly name: string | undefined;
  readonly vpc: string | undefined;
  readonly tags: Tags;
  readonly read: ClusterTags;
  /** Clusters that cloud-provider-aws would find on it. */
  readonly ids: readonly string[];
  /** Clusters that Cluster API's keys name; set once while the index is built. */
  capaIds: readonly string[];
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
  /** Milliseconds since 1970; NaN when not known. */
  readonly launched: number;
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
  const read = tagReader();
  const foldId = memo(fold);
  const item = <F extends { readonly id: string; readonly vpc?: string; readonly tags: Tags }>(
    type: TaggedType,
    facts_: F,
    name?: string,
  ) => {
    const tags = read(facts_.tags);
    return {
      type,
      id: facts_.id,
      name,
      vpc: facts_.vpc,
      tags: facts_.tags,
      read: tags,
      ids: clusterIds(tags),
      capaIds: tags.capa.length === 0 ? none : tags.capa.map(({ id }) => id),
      meantFor: meantFor(tags, names, foldId),
      facts: facts_,
      launched: Number.NaN,
    };
  };
  const nodes = new Map<string, Node>();
  for (const instance of facts.instances.items) {
    if (!isLive(instance)) continue;
    const node = item("instance", instance);
    node.launched = Date.parse(instance.launchedAt ?? "");
    nodes.set(instance.id, node);
  }
  const groups = new Map<string, Item>();
  for (const group of facts.groups.items) groups.set(group.id, item("security-group", group, group.name));
  const subnets = new Map<string, Subnet>();
  for (const subnet of facts.subnets.items) subnets.set(subnet.id, item("subnet", subnet));
  const routeTables = new Map<string, RouteTable>();
  for (const table of facts.routeTables.items) routeTables.set(table.id, item("route-table", table));
  resolveCapaNames([nodes, groups, subnets, routeTables], names);
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

/** Each id once; nearly always they are already. */
export const distinct = (ids: readonly string[]): readonly string[] =>
  ids.length < 2 || new Set(ids).size === ids.length ? ids : [...new Set(ids)];

/**
 * Puts the id of the provider's key in the place of Cluster API's name for the cluster, which may be
 * another (EKS). Where no configuration says so, resources that carry one of each do, as long as all
 * agree and the name is no cluster's id itself.
 */
function resolveCapaNames(kinds: readonly ReadonlyMap<string, Item>[], names: WatchedNames): void {
  const named: Item[] = [];
  for (const items of kinds) for (const item of items.values()) if (item.capaIds.length > 0) named.push(item);
  if (named.length === 0) return;
  const ids = new Set(names.ids);
  for (const items of kinds)
    for (const item of items.values()) for (const { id } of item.read.keys) ids.add(id);
  const links = new Map<string, string | undefined>();
  for (const { read, capaIds } of named) {
    const [key, ...keys] = read.keys;
    const [own, ...more] = capaIds;
    if (key === undefined || own === undefined || keys.length + more.length > 0 || ids.has(own)) continue;
    links.set(own, links.has(own) && links.get(own) !== key.id ? undefined : key.id);
  }
  for (const [name, id] of names.capa) links.set(name, id);
  for (const item of named) item.capaIds = item.capaIds.map((name) => links.get(name) ?? name);
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
    const [named, ...more] = taggedClusters(node);
    // A node of two clusters speaks for neither.
    if (more.length > 0) continue;
    const cluster = named === undefined ? undefined : (slipOf(node, named)?.cluster ?? named);
    const enter = (tallies: Map<string, Tally>, what: string | undefined): void => {
      if (what === undefined) return;
      const tally = tallyAt(tallies, what);
      if (cluster === undefined) tally.untagged += 1;
      else count(tally, cluster);
    };
    enter(neighbours.autoScalingGroup, node.read.autoScalingGroup);
    enter(neighbours.launchTemplate, node.read.launchTemplate);
    enter(neighbours.profile, node.facts.profile);
    for (const group of distinct(node.facts.groups)) enter(neighbours.group, group);
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
