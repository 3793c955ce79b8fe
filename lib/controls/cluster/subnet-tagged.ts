import { clusterPrefix } from "./cluster-key.ts";
import { type ClusterView, type Member, ofCluster } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { isTaggedFor } from "./read-tags.ts";
import type { Subnet } from "./region-index.ts";
import { isInUse } from "./shared-use.ts";
import { createTagsStep, heirOf, renameTagStep } from "./tag-commands.ts";

/** Follows `findSubnets` of cloud-provider-aws (`pkg/providers/v1/aws.go`). */
export const subnetTagged: ClusterControl = {
  info: {
    id: "cluster-subnet-tagged",
    title: "The subnets that a cluster's nodes are in are the cluster's, or nobody's",
    severity: "medium",
    resource: "subnet",
    rationale:
      "Rancher: the subnet used for the cluster carries its tag. cloud-provider-aws takes a subnet that is tagged for this cluster or for none; one tagged for other clusters alone it leaves out. An untagged subnet is told as info where the platform's documents ask for the tag.",
  },
  reads: ["instance", "subnet"],
  evaluate: (view) => [
    ...view.subnets.map((member) => own(view, member)),
    ...foreignSubnets(view).map((subnet) => foreign(view, subnet)),
  ],
};

function own(view: ClusterView, member: Member<Subnet>): Judgement {
  const { item: subnet } = member;
  const expected = `${view.key}, or no cluster's key`;
  if (isTaggedFor(subnet.read, view.id))
    return {
      resource: subnet,
      verdict: "passed",
      detail: `${subnet.id} is a subnet of ${ofCluster(view, member)}.`,
      expected,
      actual: "tagged",
    };
  if (subnet.read.keys.length + subnet.read.blank.length > 0) return foreign(view, subnet);
  const untagged: Judgement = {
    resource: subnet,
    verdict: "passed",
    detail: `${subnet.id} of ${ofCluster(view, member)} carries no cluster's tag; the cloud controller takes it for any cluster in ${subnet.vpc ?? "its VPC"}.`,
    expected,
    actual: "untagged",
  };
  if (!view.conventions.allTagged) return untagged;
  return {
    ...untagged,
    verdict: "failed",
    severity: "info",
    consequence:
      "nothing stops working: the cloud controller accepts an untagged subnet, after those with the tag; the platform's documents ask for it",
    remediation: [createTagsStep("Tag the subnet.", view.index.region, [subnet], [[view.key, "shared"]])],
  };
}

/** Subnets that nodes of the cluster are in and that carry other clusters' tags alone. */
function foreignSubnets(view: ClusterView): readonly Subnet[] {
  const members = new Set(view.subnets.map(({ item }) => item));
  const subnets = new Set<Subnet>();
  for (const { item: node, how } of view.nodes) {
    if ((how !== "key" && how !== "legacy") || node.ids.length > 1) continue;
    const subnet = node.facts.subnet === undefined ? undefined : view.index.subnets.get(node.facts.subnet);
    if (subnet !== undefined && !members.has(subnet)) subnets.add(subnet);
  }
  return [...subnets];
}

function foreign(view: ClusterView, subnet: Subnet): Judgement {
  const { region } = view.index;
  const tagged = subnet.ids.length === 0 ? "no readable id" : subnet.ids.map((id) => `\`${id}\``).join(", ");
  if (subnet.read.keys.length + subnet.read.blank.length === 0)
    return {
      resource: subnet,
      verdict: "passed",
      detail: `${subnet.id}, where nodes of cluster \`${view.id}\` are, carries no other cluster's key; the cloud controller takes it.`,
      expected: `${view.key}, or no cluster's key`,
      actual: "no key",
    };
  return {
    resource: subnet,
    verdict: "failed",
    detail: `Nodes of cluster \`${view.id}\` are in ${subnet.id}, which is tagged for ${tagged} and not for it.`,
    expected: `${view.key}, or no cluster's key`,
    actual: [...subnet.ids].sort(),
    consequence:
      "the cloud controller leaves the subnet out when it places a load balancer: a `LoadBalancer` service gets none in its zone, or, where no subnet is left, only the subnet the controller itself runs in",
    remediation: [
      createTagsStep(
        "If the clusters share it, say so for each:",
        region,
        [subnet],
        [...subnet.ids.map((id) => [clusterPrefix + id, "shared"] as const), [view.key, "shared"]],
      ),
      isInUse(view.index, subnet)
        ? {
            text: `If only ${tagged} is meant to be there, start the nodes of cluster \`${view.id}\` in a subnet of its own.`,
          }
        : renameTagStep(
            `If ${tagged} is a mistake, or gone, put this cluster's id in its place:`,
            region,
            subnet,
            [...subnet.read.keys.map(({ key }) => key), ...subnet.read.blank],
            [view.key, heirOf(subnet)],
          ),
    ],
  };
}
