import type { RemediationStep } from "../../model/result.ts";
import { clusterPrefix } from "./cluster-key.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { neighboursUnseen } from "./gaps.ts";
import { graceUntil } from "./grace.ts";
import { isTaggedFor } from "./read-tags.ts";
import type { Item, RouteTable } from "./region-index.ts";
import { hasGroupBeside, isInUse } from "./shared-use.ts";
import { createTagsStep, deleteTagsStep, heirOf, renameTagStep } from "./tag-commands.ts";

/** A subnet tagged for another cluster is `cluster-subnet-tagged`'s, which says more of it. */
export const oneId: ClusterControl = {
  info: {
    id: "cluster-one-id",
    title: "A cluster's nodes and the groups and route tables they use carry one id",
    severity: "medium",
    resource: "cluster",
    rationale:
      "Rancher: CLUSTERID “can be any string you like, as long as it is equal across all tags set”. A group that another cluster shares does no harm beside the cluster's own.",
  },
  reads: ["instance", "security-group", "subnet", "route-table"],
  wellWhenSilent: "What its nodes use carries its id, or none.",
  evaluate: (view) => [...strayNodes(view), ...foreignGroups(view), ...foreignTables(view)],
};

/** What is tagged for another cluster, and not for this one even by mistake. */
const foreign = (view: ClusterView, item: Item): boolean =>
  item.ids.length > 0 &&
  !isTaggedFor(item.read, view.id) &&
  !item.meantFor.some(({ cluster }) => cluster === view.id);

const others = (item: Item): string => item.ids.map((id) => `\`${id}\``).join(", ");

function foreignGroups(view: ClusterView): readonly Judgement[] {
  /** Group to whether some node has no other group that is this cluster's. */
  const bare = new Map<Item, boolean>();
  for (const { item: node, how } of view.nodes) {
    if ((how !== "key" && how !== "legacy") || node.ids.length > 1) continue;
    const groups = node.facts.groups.flatMap((id) => view.index.groups.get(id) ?? []);
    // One that was not seen may be the cluster's own.
    const covered =
      (groups.length < node.facts.groups.length && view.index.gaps.has("security-group")) ||
      groups.some(({ read }) => isTaggedFor(read, view.id));
    for (const group of groups)
      if (foreign(view, group)) bare.set(group, (bare.get(group) ?? false) || !covered);
  }
  return [...bare].flatMap(([group, uncovered]) => {
    const owned = group.read.keys.some(({ value }) => value === "owned");
    if (!owned && !uncovered) return [];
    return [
      differs(view, group, "nodes of it are in this security group", {
        consequence: `cluster ${others(group)} takes the group for its own: it edits its rules${owned ? ", and deleting it means to delete the group" : ""}; to this cluster's controller the group is untagged, which fails a \`LoadBalancer\` service as soon as a node has a second one`,
      }),
    ];
  });
}

function foreignTables(view: ClusterView): readonly Judgement[] {
  const judgements: Judgement[] = [];
  const subnets = new Map<string, string | undefined>();
  for (const { item, how } of view.nodes)
    if ((how === "key" || how === "legacy") && item.ids.length === 1 && item.facts.subnet !== undefined)
      subnets.set(item.facts.subnet, item.vpc);
  for (const [subnet, vpc] of subnets) {
    const table = view.index.tableOfSubnet.get(subnet) ?? mainTable(view, vpc);
    if (table === undefined || !foreign(view, table)) continue;
    judgements.push(
      differs(view, table, `it routes for ${subnet}, where nodes of it are`, {
        severity: "low",
        consequence:
          "with cloud routes switched on the controller fails with “unable to find route table for AWS cluster”",
      }),
    );
  }
  return judgements;
}

/** The VPC's own table, for a subnet without one. A cluster with a table elsewhere is not without routes. */
function mainTable({ index, routeTables }: ClusterView, vpc: string | undefined): RouteTable | undefined {
  if (vpc === undefined || routeTables.length > 0 || index.gaps.has("route-table")) return undefined;
  return index.mainTable.get(vpc);
}

function strayNodes(view: ClusterView): readonly Judgement[] {
  if (neighboursUnseen(view) !== undefined) return [];
  const judgements: Judgement[] = [];
  for (const { node, evidence } of view.strays) {
    if (!foreign(view, node) || graceUntil(node, view) !== undefined) continue;
    judgements.push(
      differs(view, node, `inferred: ${evidence.join("; ")}`, {
        evidence,
        consequence: `the controller of cluster \`${view.id}\` leaves the instance out, so that its node stays uninitialized and becomes no target of a load balancer; a controller that runs on it works for ${others(node)}`,
      }),
    );
  }
  return judgements;
}

function differs(
  view: ClusterView,
  item: Item,
  why: string,
  said: Pick<Judgement, "consequence" | "severity"> & { readonly evidence?: readonly string[] },
): Judgement {
  const keys = item.read.keys.map(({ key }) => key);
  const { evidence, ...rest } = said;
  return {
    resource: item,
    verdict: "failed",
    detail: `${item.id} seems to belong to cluster \`${view.id}\` (${why}), yet it is tagged for ${others(item)}.`,
    expected: view.key,
    actual: { ids: item.ids, ...(evidence === undefined ? {} : { inferredFrom: evidence }) },
    ...rest,
    remediation: item.type === "instance" ? ofNode(view, item, keys) : ofShared(view, item, keys),
  };
}

const ofNode = (view: ClusterView, node: Item, keys: readonly string[]): readonly RemediationStep[] => [
  inItsPlace(view, node, keys),
  {
    text: `If it is a node of ${others(node)}, take it out of what it shares with cluster \`${view.id}\`: group, Auto Scaling group, launch template, profile.`,
  },
];

/** A tag that is still in use is no mistake; a second tagged group on one node is an error of its own. */
function ofShared(view: ClusterView, item: Item, keys: readonly string[]): readonly RemediationStep[] {
  const { index, id } = view;
  const inUse = isInUse(index, item);
  if (hasGroupBeside(index, item, id))
    return [
      ...(inUse || keys.length === 0
        ? []
        : [
            deleteTagsStep(
              `If ${others(item)} is a mistake, or gone, delete its tag: the nodes have a group of cluster \`${id}\` besides.`,
              index.region,
              [item],
              keys,
            ),
          ]),
      {
        text: `If it is a group of ${others(item)}, take the nodes of cluster \`${id}\` out of it: they have one of their own.`,
      },
    ];
  return [
    createTagsStep(
      "If both clusters are meant to use it, share it between them:",
      index.region,
      [item],
      [[view.key, "shared"], ...item.ids.map((other) => [clusterPrefix + other, "shared"] as const)],
    ),
    inUse
      ? { text: `If only ${others(item)} is, take what is of cluster \`${id}\` out of it.` }
      : inItsPlace(view, item, keys),
  ];
}

const inItsPlace = (view: ClusterView, item: Item, keys: readonly string[]): RemediationStep =>
  keys.length > 0
    ? renameTagStep(
        `If ${others(item)} is a mistake, or gone, put this cluster's id in its place:`,
        view.index.region,
        item,
        keys,
        [view.key, heirOf(item)],
      )
    : createTagsStep("If it is this cluster's:", view.index.region, [item], [[view.key, "owned"]]);
