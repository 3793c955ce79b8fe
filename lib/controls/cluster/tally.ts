/** How many nodes of each cluster share something (a group, a subnet, a profile, …), and how many untagged ones. */
export interface Tally {
  readonly counts: Map<string, number>;
  untagged: number;
}

export function tallyAt(tallies: Map<string, Tally>, what: string): Tally {
  let tally = tallies.get(what);
  if (tally === undefined) {
    tally = { counts: new Map(), untagged: 0 };
    tallies.set(what, tally);
  }
  return tally;
}

export const count = (tally: Tally, cluster: string): void => {
  tally.counts.set(cluster, (tally.counts.get(cluster) ?? 0) + 1);
};

/**
 * The one cluster whose nodes share it. `self` is the cluster that the asking node itself is tagged for:
 * a node is no neighbour of its own.
 */
export function onlyCluster(tally: Tally | undefined, self?: string): string | undefined {
  let only: string | undefined;
  for (const [cluster, nodes] of tally?.counts ?? []) {
    if (cluster === self && nodes === 1) continue;
    if (only !== undefined) return undefined;
    only = cluster;
  }
  return only;
}

/** The same, if untagged instances do not outnumber its nodes: else it is a thing that anybody may share. */
export function soleCluster(tally: Tally | undefined, self?: string): string | undefined {
  const only = onlyCluster(tally, self);
  if (tally === undefined || only === undefined) return undefined;
  return (tally.counts.get(only) ?? 0) >= tally.untagged ? only : undefined;
}
