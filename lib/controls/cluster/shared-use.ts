import { type ClusterView, clustersRouted } from "./cluster-view.ts";
import { isTaggedFor } from "./read-tags.ts";
import { type Item, type RegionIndex, taggedClusters } from "./region-index.ts";

/** Clusters whose nodes are in the group or the subnet; none for other kinds. */
export function clustersUsing({ index }: Pick<ClusterView, "index">, item: Item): Iterable<string> {
  if (item.type === "security-group") return index.neighbours.group.get(item.id)?.counts.keys() ?? [];
  if (item.type === "subnet") return index.neighbours.subnet.get(item.id)?.counts.keys() ?? [];
  return [];
}

/** Whether a cluster that the tags name has nodes there: then its tag is no left-over. */
export function isInUse(index: RegionIndex, item: Item): boolean {
  const table = item.type === "route-table" ? index.routeTables.get(item.id) : undefined;
  const users = table === undefined ? clustersUsing({ index }, item) : clustersRouted(table, index);
  for (const cluster of users) if (item.ids.includes(cluster)) return true;
  if (table?.facts.main !== true) return false;
  // A VPC's own table routes for every subnet of it that has no other.
  for (const { vpc, facts, ids } of index.nodes.values()) {
    if (vpc !== table.vpc || index.tableOfSubnet.has(facts.subnet ?? "")) continue;
    if (ids.some((id) => item.ids.includes(id))) return true;
  }
  return false;
}

/**
 * Whether a node of the cluster that is in the group has another one that is tagged for it: a second tag
 * would be one too many.
 */
export function hasGroupBeside({ nodes, groups }: RegionIndex, group: Item, cluster: string): boolean {
  if (group.type !== "security-group") return false;
  for (const node of nodes.values()) {
    if (!node.facts.groups.includes(group.id) || !taggedClusters(node).includes(cluster)) continue;
    for (const id of node.facts.groups) {
      const other = id === group.id ? undefined : groups.get(id);
      if (other !== undefined && isTaggedFor(other.read, cluster)) return true;
    }
  }
  return false;
}

/** Whether another cluster than this one uses the resource, by its tags or by the nodes that are in it. */
export function usedByOthers(view: ClusterView, item: Item): boolean {
  if (item.ids.some((id) => id !== view.id)) return true;
  for (const cluster of clustersUsing(view, item)) if (cluster !== view.id) return true;
  return false;
}
