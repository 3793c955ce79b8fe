import type { ControlInfo } from "../../model/control.ts";
import { type Judgement, unseen } from "./control.ts";
import {
  type Item,
  type RegionIndex,
  type TaggedType,
  taggedTypes,
  type WatchedNames,
} from "./region-index.ts";
import { slipOf } from "./slip-of.ts";

export const unwatched: ControlInfo = {
  id: "cluster-watched",
  title: "Every cluster that has resources here is configured",
  severity: "info",
  resource: "cluster",
  rationale:
    "A cluster's id is found on resources of the account and no entry of rolecall.yml is about it. Told once for each cluster and region; its resources are not judged.",
};

interface Sighting {
  readonly counts: Map<TaggedType, number>;
  /** A few resources, by which a person finds it again. */
  readonly examples: string[];
  capa: boolean;
}

export interface Unwatched {
  readonly platform: string;
  readonly judgement: Judgement;
}

/** Where nobody wrote down the clusters, those of a region whose instances were not seen are unknown. */
export function unseenClusters({ region, gaps }: RegionIndex): Judgement | undefined {
  const gap = gaps.get("instance");
  if (gap === undefined) return undefined;
  return {
    resource: { type: "cluster", id: "any" },
    verdict: "unavailable",
    detail: `Could not see which clusters are in ${region}.`,
    expected: null,
    actual: null,
    reason: unseen("instance", gap),
  };
}

/** Clusters that tags name and nobody watches, in the order of their ids. */
export function findUnwatched(index: RegionIndex, names: WatchedNames): readonly Unwatched[] {
  const sightings = new Map<string, Sighting>();
  for (const item of itemsOf(index)) {
    for (const id of item.ids)
      if (!names.ids.has(id) && slipOf(item, id) === undefined) sight(sightings, id, item, false);
    for (const id of item.capaIds) {
      if (item.ids.length === 0 && !names.ids.has(id)) sight(sightings, id, item, true);
      else if (sightings.has(id)) sight(sightings, id, undefined, true);
    }
  }
  return [...sightings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, sighting]) => ({
      platform: sighting.capa ? "capa" : "cloud-provider-aws",
      judgement: tell(id, sighting, index.region),
    }));
}

function* itemsOf(index: RegionIndex): Iterable<Item> {
  yield* index.nodes.values();
  yield* index.groups.values();
  yield* index.subnets.values();
  yield* index.routeTables.values();
}

function sight(sightings: Map<string, Sighting>, id: string, item: Item | undefined, capa: boolean): void {
  let sighting = sightings.get(id);
  if (sighting === undefined) {
    sighting = { counts: new Map(), examples: [], capa };
    sightings.set(id, sighting);
  }
  if (capa) sighting.capa = true;
  if (item === undefined) return;
  sighting.counts.set(item.type, (sighting.counts.get(item.type) ?? 0) + 1);
  if (sighting.examples.length < 3) sighting.examples.push(item.id);
}

const nouns: Readonly<Record<TaggedType, string>> = {
  instance: "instance",
  "security-group": "security group",
  subnet: "subnet",
  "route-table": "route table",
};

const counted = (count: number, type: TaggedType): string =>
  `${count} ${nouns[type]}${count === 1 ? "" : "s"}`;

function tell(id: string, { counts, examples }: Sighting, region: string): Judgement {
  const total = [...counts.values()].reduce((sum, some) => sum + some, 0);
  const carried = taggedTypes.flatMap((type) => {
    const some = counts.get(type);
    return some === undefined ? [] : [counted(some, type)];
  });
  return {
    resource: { type: "cluster", id },
    verdict: "failed",
    detail: `Cluster \`${id}\` is not configured; in ${region} ${carried.join(", ")} ${total === 1 ? "carries" : "carry"} its id (${examples.join(", ")}${total > examples.length ? ", …" : ""}).`,
    expected: "an entry for it in rolecall.yml",
    actual: "none",
    consequence: "nobody is told when its tags go wrong",
    remediation: [
      { text: `Add \`cluster: ${id}\` with \`region: ${region}\` under its platform in rolecall.yml.` },
    ],
  };
}
