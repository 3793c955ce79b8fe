import { distinct, type Node, type RegionIndex } from "./region-index.ts";
import { onlyCluster, soleCluster } from "./tally.ts";

/** A cluster that a node seems to belong to although no tag says so, and what speaks for it. */
export interface Inference {
  readonly cluster: string;
  /** Sentence fragments, the strongest first; they name no other node, for nodes come and go. */
  readonly evidence: readonly string[];
}

/** The watched cluster whose configuration names an instance profile, when only one does. */
export type ProfileOwner = (profileArn: string) => string | undefined;

/**
 * What evidence weighs. `enough` is reached by one thing that only a cluster's own node has (its Auto
 * Scaling group, a tag of its launch, a group the cluster owns), or by all of profile, subnet and group
 * together: sharing a subnet and a company-wide profile with nodes makes no node.
 */
const weights = { certain: 3, strong: 2, weak: 1, hint: 0.5 } as const;
const enough = 3;

interface Case {
  weight: number;
  readonly evidence: string[];
}

/**
 * The cluster that a node's neighbours and launch speak for; undefined when too little does, or as much
 * for another. `self` is the cluster that the node is tagged for, when the question is whether that tag
 * is a mistake.
 */
export function inferCluster(
  node: Node,
  index: RegionIndex,
  profileOwner: ProfileOwner,
  self?: string,
): Inference | undefined {
  const cases = weigh(node, index, profileOwner, self);
  let best: [string, Case] | undefined;
  let tied = false;
  for (const entry of cases) {
    if (best === undefined || entry[1].weight > best[1].weight) {
      best = entry;
      tied = false;
    } else if (entry[1].weight === best[1].weight) tied = true;
  }
  if (best === undefined || tied || best[1].weight < enough) return undefined;
  return { cluster: best[0], evidence: best[1].evidence };
}

function weigh(
  node: Node,
  { neighbours, groups, subnets }: RegionIndex,
  profileOwner: ProfileOwner,
  self: string | undefined,
): Map<string, Case> {
  const cases = new Map<string, Case>();
  const speak = (cluster: string | undefined, weight: number, evidence: () => string): void => {
    if (cluster === undefined || cluster === "") return;
    const so = cases.get(cluster) ?? { weight: 0, evidence: [] };
    so.weight += weight;
    so.evidence.push(evidence());
    cases.set(cluster, so);
  };
  const { read, facts, vpc } = node;
  for (const { id, key } of read.launch)
    speak(id, weights.certain, () => `its tag \`${key}\` names the cluster`);
  if (read.autoScalingGroup !== undefined)
    speak(
      onlyCluster(neighbours.autoScalingGroup.get(read.autoScalingGroup), self),
      weights.certain,
      () => `its Auto Scaling group \`${read.autoScalingGroup}\` launches the cluster's nodes`,
    );
  if (read.launchTemplate !== undefined)
    speak(
      soleCluster(neighbours.launchTemplate.get(read.launchTemplate), self),
      weights.strong,
      () => `its launch template ${read.launchTemplate} is that of the cluster's nodes`,
    );
  let shared = false;
  for (const id of distinct(facts.groups)) {
    const group = groups.get(id);
    const [owner, ...others] = group?.ids ?? [];
    if (owner !== undefined && others.length === 0) {
      const owned = group?.read.keys.some(({ value }) => value === "owned") ?? false;
      speak(
        owner,
        owned ? weights.certain : weights.strong,
        () => `its security group ${id} is ${owned ? "owned by" : "tagged for"} the cluster`,
      );
    } else if (owner === undefined && !shared && group?.name !== "default") {
      const sole = soleCluster(neighbours.group.get(id), self);
      shared = sole !== undefined;
      speak(sole, weights.weak, () => `its security group ${id} is that of the cluster's nodes`);
    }
  }
  if (facts.profile !== undefined) {
    const { profile } = facts;
    const named = profileOwner(profile);
    if (named !== undefined)
      speak(named, weights.strong, () => `its instance profile is configured for the cluster's nodes`);
    else
      speak(
        soleCluster(neighbours.profile.get(profile), self),
        weights.weak,
        () => "its instance profile is that of the cluster's nodes",
      );
  }
  if (facts.subnet !== undefined) {
    const { subnet } = facts;
    const tagged = subnets.get(subnet)?.ids ?? [];
    speak(
      tagged.length === 0
        ? soleCluster(neighbours.subnet.get(subnet), self)
        : tagged.length === 1
          ? tagged[0]
          : undefined,
      weights.weak,
      () => `its subnet ${subnet} is the cluster's`,
    );
  }
  if (vpc !== undefined)
    speak(
      soleCluster(neighbours.vpc.get(vpc), self),
      weights.hint,
      () => `no other cluster has nodes in ${vpc}`,
    );
  return cases;
}
