import type {
  Facts,
  InstanceFacts,
  RegionFacts,
  RouteTableFacts,
  SecurityGroupFacts,
  SubnetFacts,
  Tags,
} from "../model/facts.ts";
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
    for (const [cluster, tagged] of taggedIn(region)) {
      const { instances, groups, subnets } = tagged;
      const all = [...instances, ...groups, ...subnets];
      const roles = rolesOf(instances, nodeOf, rolesOfProfile);
      const where = `its tag is on ${placesOf(tagged)}`;
      const tool = roles.size > 0 ? undefined : toolOf(all.map(({ tags }) => signsOf(tags)));
      if (tool !== undefined) {
        others.push({ cluster, region: region.region, because: `${where}; ${tool} keeps it itself` });
        continue;
      }
      // A tag that is only on what belongs to another cluster, or on no node, is rather a slip than a cluster.
      const own = instances.filter(({ tags }) => signsOf(tags).clusters.length === 1);
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

/** What of a region carries a cluster's tag. */
interface Tagged {
  readonly instances: InstanceFacts[];
  readonly groups: SecurityGroupFacts[];
  readonly subnets: SubnetFacts[];
  readonly routeTables: RouteTableFacts[];
}

const placesOf = ({ instances, groups, subnets, routeTables }: Tagged): string =>
  (
    [
      [instances.length, "instance"],
      [groups.length, "security group"],
      [subnets.length, "subnet"],
      [routeTables.length, "route table"],
    ] as const
  )
    .flatMap(([n, what]) => (n === 0 ? [] : [`${n} ${what}${n === 1 ? "" : "s"}`]))
    .join(", ");

/** What the tags of one resource say. */
interface Signs {
  readonly clusters: readonly string[];
  /** Place of the first of `tools` whose own tags stand beside the cluster's; their number where none's do. */
  readonly tool: number;
}

/** Read once, however many clusters a resource is tagged for. */
const known = new WeakMap<Tags, Signs>();

function signsOf(tags: Tags): Signs {
  const before = known.get(tags);
  if (before !== undefined) return before;
  const keys = [...tags.keys()];
  const clusters = keys.flatMap((key) =>
    key.startsWith(prefix) && key !== prefix ? [key.slice(prefix.length)] : [],
  );
  const tool = tools.findIndex(([, own]) => keys.some((key) => own.test(key)));
  const signs = { clusters, tool: tool < 0 ? tools.length : tool };
  known.set(tags, signs);
  return signs;
}

/** In the order of the clusters' ids. */
function taggedIn(region: RegionFacts): readonly (readonly [string, Tagged])[] {
  const clusters = new Map<string, Tagged>();
  const put = <T extends { readonly tags: Tags }>(items: readonly T[], of: (tagged: Tagged) => T[]): void => {
    for (const item of items)
      for (const cluster of signsOf(item.tags).clusters) {
        const tagged = clusters.get(cluster) ?? { instances: [], groups: [], subnets: [], routeTables: [] };
        clusters.set(cluster, tagged);
        of(tagged).push(item);
      }
  };
  put(region.instances.items, ({ instances }) => instances);
  put(region.groups.items, ({ groups }) => groups);
  put(region.subnets.items, ({ subnets }) => subnets);
  put(region.routeTables.items, ({ routeTables }) => routeTables);
  return [...clusters].sort(([a], [b]) => (a < b ? -1 : 1));
}

const tools: readonly (readonly [name: string, own: RegExp])[] = [
  ["EKS", /^(aws:)?eks:|^alpha\.eksctl\.io\//],
  ["Cluster API", /^sigs\.k8s\.io\/cluster-api-provider-aws\//],
  ["kops", /^k8s\.io\/(etcd|role|cluster-autoscaler\/node-template)\b|^kops\.k8s\.io\//],
  ["OpenShift", /^(openshiftClusterID|red-hat-clustertype)$/],
];

/** The tool whose own tags stand beside the cluster's. */
const toolOf = (all: readonly Signs[]): string | undefined =>
  tools[all.reduce((first, { tool }) => Math.min(first, tool), tools.length)]?.[0];

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
