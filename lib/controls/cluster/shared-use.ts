import type { ClusterView } from "./cluster-view.ts";
import type { Item } from "./region-index.ts";

/** Clusters whose nodes are in the group or the subnet; none for other kinds. */
export function clustersUsing({ index }: Pick<ClusterView, "index">, item: Item): Iterable<string> {
  if (item.type === "security-group") return index.neighbours.group.get(item.id)?.counts.keys() ?? [];
  if (item.type === "subnet") return index.neighbours.subnet.get(item.id)?.counts.keys() ?? [];
  return [];
}

/** Whether another cluster than this one uses the resource, by its tags or by the nodes that are in it. */
export function usedByOthers(view: ClusterView, item: Item): boolean {
  if (item.ids.some((id) => id !== view.id)) return true;
  for (const cluster of clustersUsing(view, item)) if (cluster !== view.id) return true;
  return false;
}
