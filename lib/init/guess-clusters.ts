import type { Facts, InstanceFacts, RegionFacts, Tags } from "../model/facts.ts";
import type { Guess } from "./guess.ts";

/** A cluster whose tags were found in a region. */
export interface ClusterGuess {
  readonly cluster: string;
  readonly region: string;
  readonly because: readonly string[];
  /** Names of the recognised roles that its nodes carry, by what they are for. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

/** A cluster's tag that is not taken for a cluster to watch. */
interface OtherCluster {
  readonly cluster: string;
  readonly region: string;
  /** As the end of a sentence. */
  readonly because: string;
}

export interface ClusterGuesses {
  readonly watched: readonly ClusterGuess[];
  readonly others: readonly OtherCluster[];
}

const prefix = "kubernetes.io/cluster/";

/** The clusters that the cloud provider's tags name, region by region, less those that other tools keep. */
export function guessClusters(facts: Facts, guesses: readonly Guess[]): ClusterGuesses {
  const nodeOf = new Map(
    guesses.flatMap(({ platform, role, keys }) =>
      platform === "rancher" && typeof keys["node"] === "string" ? [[role, keys["node"]] as const] : [],
    ),
  );
  const rolesOfProfile = new Map(facts.iam.profiles.items.map(({ name, roles }) => [name, roles]));
  const watched: ClusterGuess[] = [];
  const others: OtherCluster[] = [];
  for (const region of facts.regions) {
    for (const cluster of clusterIds(region)) {
      const tagged = <T extends { readonly tags: Tags }>(items: readonly T[]): readonly T[] =>
        items.filter(({ tags }) => tags.has(`${prefix}${cluster}`));
      const instances = tagged(region.instances.items);
      const all = [...instances, ...tagged(region.groups.items), ...tagged(region.subnets.items)];
      const roles = rolesOf(instances, nodeOf, rolesOfProfile);
      const where = `its tag is on ${placesOf(region, tagged)}`;
      const tool = roles.size > 0 ? undefined : toolOf(all.map(({ tags }) => tags));
      if (tool !== undefined) {
        others.push({ cluster, region: region.region, because: `${where}; ${tool} keeps it itself` });
        continue;
      }
      // A tag that is only on what belongs to another cluster, or on no node, is rather a slip than a cluster.
      const own = instances.filter(({ tags }) => clustersOf(tags).length === 1);
      if (own.length === 0) {
        others.push({ cluster, region: region.region, because: `${where}, and no node has it alone` });
        continue;
      }
      watched.push({
        cluster,
        region: region.region,
        roles,
        because: [
          where,
          roles.size > 0
            ? "its nodes carry roles of Rancher"
            : "no sign of EKS, kops or Cluster API, which keep their tags themselves",
        ],
      });
    }
  }
  return { watched, others };
}

type Tagged = <T extends { readonly tags: Tags }>(items: readonly T[]) => readonly T[];

const placesOf = (region: RegionFacts, tagged: Tagged): string =>
  (
    [
      [tagged(region.instances.items).length, "instance"],
      [tagged(region.groups.items).length, "security group"],
      [tagged(region.subnets.items).length, "subnet"],
      [tagged(region.routeTables.items).length, "route table"],
    ] as const
  )
    .flatMap(([n, what]) => (n === 0 ? [] : [`${n} ${what}${n === 1 ? "" : "s"}`]))
    .join(", ");

const clustersOf = (tags: Tags): readonly string[] =>
  [...tags.keys()].flatMap((key) =>
    key.startsWith(prefix) && key !== prefix ? [key.slice(prefix.length)] : [],
  );

function clusterIds(region: RegionFacts): readonly string[] {
  const ids = [region.instances, region.groups, region.subnets, region.routeTables].flatMap(({ items }) =>
    items.flatMap(({ tags }) => clustersOf(tags)),
  );
  return [...new Set(ids)].sort();
}

/** The tool whose own tags stand beside the cluster's. */
function toolOf(all: readonly Tags[]): string | undefined {
  const has = (test: RegExp): boolean => all.some((tags) => [...tags.keys()].some((key) => test.test(key)));
  if (has(/^(aws:)?eks:|^alpha\.eksctl\.io\//)) return "EKS";
  if (has(/^sigs\.k8s\.io\/cluster-api-provider-aws\//)) return "Cluster API";
  if (has(/^k8s\.io\/(etcd|role|cluster-autoscaler\/node-template)\b|^kops\.k8s\.io\//)) return "kops";
  if (has(/^(openshiftClusterID|red-hat-clustertype)$/)) return "OpenShift";
  return undefined;
}

function rolesOf(
  instances: readonly InstanceFacts[],
  nodeOf: ReadonlyMap<string, string>,
  rolesOfProfile: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { profile } of instances) {
    const name = profile?.slice(profile.lastIndexOf("/") + 1) ?? "";
    for (const role of rolesOfProfile.get(name) ?? []) {
      const node = nodeOf.get(role);
      if (node !== undefined) found.set(node, (found.get(node) ?? new Set()).add(role));
    }
  }
  return new Map([...found].map(([node, roles]) => [node, [...roles].sort()]));
}
