import { type ClusterView, ofCluster } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { isTaggedFor } from "./read-tags.ts";
import { distinct } from "./region-index.ts";
import { hasGroupBeside, usedByOthers } from "./shared-use.ts";
import { createTagsStep } from "./tag-commands.ts";

/** What the cloud controller does without, the documents ask for: told as subnets without a tag are. */
export const groupTagged: ClusterControl = {
  info: {
    id: "cluster-group-tagged",
    title: "The only security group of a cluster's node carries the cluster's tag",
    severity: "info",
    resource: "security-group",
    rationale:
      "Rancher: the security group used for the cluster carries its tag, besides the nodes and the subnet. cloud-provider-aws accepts one untagged group alone, so nothing stops working; with a second group on a node it does.",
  },
  reads: ["instance", "security-group"],
  wellWhenSilent: "No node of the cluster has an untagged security group alone.",
  appliesTo: ({ conventions }) => conventions.allTagged,
  evaluate: (view) => {
    const alone = onlyGroups(view);
    return view.groups.flatMap((member): readonly Judgement[] => {
      const { item: group } = member;
      const expected = view.key;
      if (isTaggedFor(group.read, view.id))
        return [
          {
            resource: group,
            verdict: "passed",
            detail: `${group.id} is a security group of ${ofCluster(view, member)}.`,
            expected,
            actual: "tagged",
          },
        ];
      // One that is tagged for others is cluster-one-id's.
      if (member.how !== "inferred" || !alone.has(group.id)) return [];
      const value = usedByOthers(view, group) ? "shared" : "owned";
      const beside = hasGroupBeside(view.index, group, view.id);
      return [
        {
          resource: group,
          verdict: "failed",
          detail: `${group.id}, the only security group of nodes of cluster \`${view.id}\`, carries no cluster's tag.`,
          expected,
          actual: "untagged",
          consequence:
            "nothing stops working while it is their only one: the cloud controller accepts it; once a node has another group too, a `LoadBalancer` service fails to reconcile",
          remediation: beside
            ? [
                {
                  text: "Nodes that have another, tagged group besides it must leave it before it is tagged.",
                },
              ]
            : [createTagsStep("Tag the security group.", view.index.region, [group], [[view.key, value]])],
        },
      ];
    });
  },
};

/** Ids of the groups that are the only one of a node which is the cluster's by its tags. */
function onlyGroups({ nodes }: ClusterView): ReadonlySet<string> {
  const only = new Set<string>();
  for (const { item, how } of nodes) {
    if (how === "inferred" || item.ids.length > 1) continue;
    const [group, ...others] = distinct(item.facts.groups);
    if (group !== undefined && others.length === 0) only.add(group);
  }
  return only;
}
