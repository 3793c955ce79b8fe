import type { RemediationStep } from "../../model/result.ts";
import { legacyKey } from "./cluster-key.ts";
import { type ClusterView, type Member, ofCluster } from "./cluster-view.ts";
import { type ClusterControl, type Judgement, unseen } from "./control.ts";
import { graceUntil, tooYoung } from "./grace.ts";
import { isTaggedFor } from "./read-tags.ts";
import { distinct, type Item, type Node } from "./region-index.ts";
import { createTagsStep, deleteTagsStep } from "./tag-commands.ts";

/**
 * Follows `findSecurityGroupForInstance` of cloud-provider-aws (`pkg/providers/v1/aws.go`): it looks at
 * the groups attached to the instance and at nothing else, so tagged groups elsewhere do not count, and
 * a group tagged for another cluster counts as untagged.
 */
export const nodeGroups: ClusterControl = {
  info: {
    id: "cluster-node-groups",
    title: "Of a node's security groups exactly one is the cluster's: the only tagged one, or the only one",
    severity: "high",
    resource: "instance",
    rationale:
      "Rancher: “Do not tag multiple security groups. Tagging multiple groups generates an error when creating an Elastic Load Balancer”; meant per instance. cloud-provider-aws refuses more than one tagged group on an instance, and several groups of which none is tagged; one untagged group alone is accepted.",
  },
  reads: ["instance"],
  evaluate: (view) => {
    const judgements: Judgement[] = [];
    for (const member of view.nodes) if (member.how !== "inferred") judgements.push(judge(view, member));
    return judgements;
  },
};

const expected = "one tagged security group, or one security group";

function judge(view: ClusterView, member: Member<Node>): Judgement {
  const { item: node } = member;
  const young = graceUntil(node, view);
  if (young !== undefined) return tooYoung(node, young);
  const attached = distinct(node.facts.groups);
  if (attached.length === 0)
    return {
      resource: node,
      verdict: "not-applicable",
      detail: `${node.id} has no security group.`,
      expected,
      actual: [],
      reason: "an instance without a network interface is no target of a load balancer",
    };
  const groups = attached.flatMap((id) => view.index.groups.get(id) ?? []);
  const unknown = attached.length - groups.length;
  const tagged = groups.filter(({ read }) => isTaggedFor(read, view.id));
  if (tagged.length > 1) return severalTagged(view, member, tagged);
  const gap = view.index.gaps.get("security-group");
  if (unknown > 0 && attached.length > 1)
    return {
      resource: node,
      verdict: "unavailable",
      detail: `${unknown} of the ${attached.length} security groups of ${node.id} were not seen.`,
      expected,
      actual: null,
      reason: gap === undefined ? "the list of security groups lacks them" : unseen("security-group", gap),
    };
  if (tagged.length === 0 && attached.length > 1)
    return isAnothers(node, groups) ? ofSeveral(node) : noneTagged(view, member, groups);
  return {
    resource: node,
    verdict: "passed",
    detail:
      tagged[0] === undefined
        ? `${node.id} has one security group, ${attached[0]}; untagged, it is accepted because it is the only one.`
        : `Of the security groups of ${node.id} only ${tagged[0].id} is tagged for cluster \`${view.id}\`.`,
    expected,
    actual: "one",
  };
}

/** Whether the node carries several clusters' keys, and its groups are those of another one of them. */
const isAnothers = ({ read }: Node, groups: readonly Item[]): boolean =>
  read.keys.length > 1 && read.keys.some(({ id }) => groups.some((group) => isTaggedFor(group.read, id)));

/** To tag its groups for this cluster too would make matters worse. */
const ofSeveral = (node: Node): Judgement => ({
  resource: node,
  verdict: "not-applicable",
  detail: `${node.id} carries the keys of several clusters, and its security groups are another one's.`,
  expected,
  actual: null,
  reason: "which cluster it is a node of is told by cluster-single-key",
});

function severalTagged(view: ClusterView, member: Member<Node>, tagged: readonly Item[]): Judgement {
  const { item: node } = member;
  const groups = byUse(view, tagged);
  return {
    resource: node,
    verdict: "failed",
    detail: `${node.id}, a node of ${ofCluster(view, member)}, has ${tagged.length} security groups tagged for it: ${listed(tagged)}.`,
    expected,
    actual: { tagged: sortedIds(tagged) },
    consequence: `a \`LoadBalancer\` service fails to reconcile: Multiple tagged security groups found for instance ${node.id}; ensure only the k8s security group is tagged; the tagged groups were ${tagged.map(({ id, name }) => `${id}(${name ?? ""})`).join(" ")}`,
    remediation: groups.map((keep): RemediationStep => {
      const others = groups.filter((group) => group !== keep);
      return deleteTagsStep(
        `If ${named(keep)} is the nodes' own group, take the tag off ${others.map(named).join(", ")}; any other node that relies on it there must not.`,
        view.index.region,
        others,
        keysOn(view, others),
      );
    }),
  };
}

function noneTagged(view: ClusterView, member: Member<Node>, attached: readonly Item[]): Judgement {
  const { item: node } = member;
  const ids = sortedIds(attached);
  return {
    resource: node,
    verdict: "failed",
    detail: `${node.id}, a node of ${ofCluster(view, member)}, has ${attached.length} security groups and none is tagged for it: ${ids.join(", ")}.`,
    expected,
    actual: { tagged: [], attached: ids },
    consequence: `a \`LoadBalancer\` service fails to reconcile: Multiple untagged security groups found for instance ${node.id}; ensure the k8s security group is tagged`,
    remediation: byUse(view, attached).map((group) =>
      createTagsStep(
        `If ${named(group)} is the nodes' own group, tag it.`,
        view.index.region,
        [group],
        [[view.key, isUsedByOthers(view, group) ? "shared" : "owned"]],
      ),
    ),
  };
}

const named = ({ id, name }: Item): string => (name === undefined || name === "" ? id : `${id} (${name})`);
const listed = (groups: readonly Item[]): string => groups.map(named).join(", ");
const sortedIds = (groups: readonly Item[]): readonly string[] => groups.map(({ id }) => id).sort();

const uses = (view: ClusterView, { id }: Item): number =>
  view.index.neighbours.group.get(id)?.counts.get(view.id) ?? 0;

const isUsedByOthers = (view: ClusterView, { id }: Item): boolean =>
  [...(view.index.neighbours.group.get(id)?.counts.keys() ?? [])].some((cluster) => cluster !== view.id);

/** Most nodes first: the likeliest to be the one that was meant. */
const byUse = (view: ClusterView, groups: readonly Item[]): readonly Item[] =>
  [...groups].sort((a, b) => uses(view, b) - uses(view, a) || (a.id < b.id ? -1 : 1));

function keysOn(view: ClusterView, groups: readonly Item[]): readonly string[] {
  const keys: string[] = [];
  if (groups.some(({ read }) => read.keys.some(({ id }) => id === view.id))) keys.push(view.key);
  if (groups.some(({ read }) => read.legacy === view.id)) keys.push(legacyKey);
  return keys;
}
