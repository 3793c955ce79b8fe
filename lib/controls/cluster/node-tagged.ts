import { autoScalingSteps } from "./auto-scaling-step.ts";
import { type ClusterView, type Member, ofCluster } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { neighboursUnseen } from "./gaps.ts";
import { graceUntil, tooYoung } from "./grace.ts";
import type { Node } from "./region-index.ts";
import { createTagsStep, renameTagStep } from "./tag-commands.ts";

/**
 * cloud-provider-aws finds a node's instance with `describeInstances`, which leaves out what does not
 * carry the cluster's tag (`pkg/providers/v1/aws.go`), and reads the cluster's id from the instance it
 * runs on (`initFromTags`).
 */
export const nodeTagged: ClusterControl = {
  info: {
    id: "cluster-node-tagged",
    title: "Every node carries its cluster's tag",
    severity: "high",
    resource: "instance",
    rationale:
      "Rancher, “Configure the ClusterID”: all hosts carry `kubernetes.io/cluster/<CLUSTERID>`; Rancher tags only the EC2 nodes it creates itself. cloud-provider-aws also takes `KubernetesCluster=<CLUSTERID>`.",
  },
  reads: ["instance"],
  evaluate: (view) => view.nodes.map((member) => judge(view, member)),
};

function judge(view: ClusterView, member: Member<Node>): Judgement {
  const { item: node, how } = member;
  const expected = `${view.key} = owned or shared`;
  const young = graceUntil(node, view);
  if (young !== undefined) return tooYoung(node, young);
  if (how === "key" || how === "legacy")
    return {
      resource: node,
      verdict: "passed",
      detail: `${node.id} is a node of ${ofCluster(view, member)}.`,
      expected,
      actual: how,
    };
  const gap = how === "inferred" ? neighboursUnseen(view) : undefined;
  const slips = node.meantFor.filter(({ cluster }) => cluster === view.id);
  const failed: Judgement = {
    resource: node,
    verdict: "failed",
    detail: `${node.id} is a node of ${ofCluster(view, member)} and carries no tag \`${view.key}\`.`,
    expected,
    actual: { inferredFrom: member.evidence, tags: slips.map(({ key, value }) => `${key}=${value}`) },
    consequence:
      "the cloud controller leaves the instance out: it finds no instance for the node, which keeps the taint `node.cloudprovider.kubernetes.io/uninitialized` and becomes no target of a load balancer; a controller that runs on it stops with “AWS cloud failed to find ClusterID”",
    remediation: [
      mend(
        view,
        node,
        slips.map(({ key }) => key),
      ),
      ...autoScalingSteps(node, view.index.region, view.key),
    ],
  };
  return gap === undefined ? failed : { ...failed, verdict: "unavailable", reason: gap };
}

function mend(view: ClusterView, node: Node, slips: readonly string[]) {
  const { region } = view.index;
  return slips.length === 0
    ? createTagsStep("Tag the node.", region, [node], [[view.key, "owned"]])
    : renameTagStep("Set the key that was meant, then delete the other.", region, node, slips, [
        view.key,
        "owned",
      ]);
}
