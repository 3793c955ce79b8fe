import type { ClusterView } from "./cluster-view.ts";
import { unseen } from "./control.ts";

/** Why what a resource's neighbours say of its cluster may be wrong; undefined when all of them were seen. */
export function neighboursUnseen({ index }: ClusterView): string | undefined {
  for (const type of ["instance", "security-group", "subnet"] as const) {
    const gap = index.gaps.get(type);
    if (gap !== undefined) return `${unseen(type, gap)}, so its cluster is not certain`;
  }
  return undefined;
}
