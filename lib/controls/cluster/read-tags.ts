import type { Tags } from "../../model/facts.ts";
import { classifyKey, fold, type KeyKind } from "./cluster-key.ts";

export interface ClusterKey {
  readonly key: string;
  readonly id: string;
  readonly value: string;
}

/** What the tags of one resource say of clusters. */
export interface ClusterTags {
  /** Keys `kubernetes.io/cluster/<id>`, in the tags' order. */
  readonly keys: readonly ClusterKey[];
  /** Keys of the prefix alone. */
  readonly blank: readonly string[];
  /** The value of `KubernetesCluster`. */
  readonly legacy?: string;
  /** Cluster API's keys. */
  readonly capa: readonly ClusterKey[];
  readonly capaRole?: string;
  /** Keys that were meant to be cluster keys; `id` is folded. */
  readonly lookalikes: readonly ClusterKey[];
  readonly elb?: string;
  readonly internalElb?: string;
  readonly autoScalingGroup?: string;
  readonly launchTemplate?: string;
  /** Clusters that tags of a launch name, with the key that does. */
  readonly launch: readonly ClusterKey[];
  /** EKS made it and looks after its tags. */
  readonly eksOwned: boolean;
}

const nothing: ClusterTags = {
  keys: [],
  blank: [],
  capa: [],
  lookalikes: [],
  launch: [],
  eksOwned: false,
};

type Draft = { -readonly [K in keyof ClusterTags]: ClusterTags[K] };

/** A reader that looks at each distinct key once: thousands of resources carry the same ones. */
export function tagReader(): (tags: Tags) => ClusterTags {
  const kinds = new Map<string, KeyKind>();
  return (tags) => {
    let draft: Draft | undefined;
    tags.forEach((value, key) => {
      let kind = kinds.get(key);
      if (kind === undefined) {
        kind = classifyKey(key);
        kinds.set(key, kind);
      }
      if (kind.kind === "other") return;
      draft ??= { ...nothing };
      take(draft, kind, key, value);
    });
    return draft ?? nothing;
  };
}

/** Each list that is not empty was made here, and grows in its place. */
function added<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 0) return [item];
  (list as T[]).push(item);
  return list;
}

function take(draft: Draft, kind: KeyKind, key: string, value: string): void {
  switch (kind.kind) {
    case "cluster":
      draft.keys = added(draft.keys, { key, id: kind.id, value });
      return;
    case "blank":
      draft.blank = added(draft.blank, key);
      return;
    case "lookalike":
      draft.lookalikes = added(draft.lookalikes, { key, id: kind.id, value });
      return;
    case "legacy":
      draft.legacy = value;
      return;
    case "legacy-lookalike":
      draft.lookalikes = added(draft.lookalikes, { key, id: fold(value), value });
      return;
    case "capa":
      draft.capa = added(draft.capa, { key, id: kind.id, value });
      return;
    case "capa-role":
      draft.capaRole = value;
      return;
    case "elb":
      draft.elb = value;
      return;
    case "internal-elb":
      draft.internalElb = value;
      return;
    case "auto-scaling-group":
      draft.autoScalingGroup = value;
      return;
    case "launch-template":
      draft.launchTemplate = value;
      return;
    case "launch":
      draft.launch = added(draft.launch, { key, id: kind.id ?? value, value });
      return;
    case "eks-owned":
      draft.eksOwned = true;
      draft.launch = added(draft.launch, { key, id: value, value });
      return;
    case "other":
      return;
    default:
      kind satisfies never;
  }
}

const none: readonly string[] = [];

/** Ids that cloud-provider-aws finds on the resource: those of its keys and the legacy value, each once. */
export function clusterIds(tags: ClusterTags): readonly string[] {
  if (tags.keys.length === 0 && tags.legacy === undefined) return none;
  const ids = tags.keys.map(({ id }) => id);
  if (tags.legacy !== undefined && tags.legacy !== "" && !ids.includes(tags.legacy)) ids.push(tags.legacy);
  return ids;
}

/** Whether cloud-provider-aws takes the resource for the cluster's: by key whatever its value, or by the legacy tag. */
export const isTaggedFor = (tags: ClusterTags, cluster: string): boolean =>
  tags.legacy === cluster || tags.keys.some(({ id }) => id === cluster);
