import type { ClusterView, Member } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { judgeEach } from "./judge-each.ts";
import { isTaggedFor } from "./read-tags.ts";
import { createTagsStep, deleteTagsStep } from "./tag-commands.ts";

/** As `getSecurityGroupTagParams` of Cluster API's AWS provider (`pkg/cloud/services/securitygroup`) sets and takes away the key. */
export const capaGroups: ClusterControl = {
  info: {
    id: "cluster-capa-groups",
    title: "Of Cluster API's security groups the `lb` one carries the cloud controller's tag, and no other",
    severity: "high",
    resource: "security-group",
    rationale:
      "Cluster API gives each node several groups (`node`, `controlplane`, `lb`) and deliberately tags only `lb` with `kubernetes.io/cluster/<name>`: were the key on a second one, the cloud controller could not tell which to use. An untagged `node` group is right there.",
  },
  reads: ["security-group"],
  wellWhenSilent: "Cluster API made none of its security groups.",
  appliesTo: ({ conventions }) => conventions.capa,
  evaluate: (view) => judgeEach(view, view.groups, judge),
};

function judge(view: ClusterView, { item: group }: Member): Judgement | undefined {
  const role = group.read.capaRole;
  // Groups that EKS made are EKS's to tag, and without its role a group says nothing of what it is for.
  if (!group.capaIds.includes(view.id) || role === undefined || group.read.eksOwned) return undefined;
  const tagged = isTaggedFor(group.read, view.id);
  const { region } = view.index;
  const expected = role === "lb" ? `${view.key} = owned` : `no ${view.key}`;
  const base = { resource: group, expected, actual: { role, tagged } };
  if (tagged === (role === "lb"))
    return {
      ...base,
      verdict: "passed",
      detail: `${group.id}, Cluster API's \`${role}\` group of cluster \`${view.id}\`, ${tagged ? "carries" : "does not carry"} \`${view.key}\`, as it should.`,
    };
  return tagged
    ? {
        ...base,
        verdict: "failed",
        detail: `${group.id}, Cluster API's \`${role}\` group of cluster \`${view.id}\`, carries \`${view.key}\`, which only its \`lb\` group should.`,
        consequence:
          "a `LoadBalancer` service fails to reconcile: Multiple tagged security groups found for instance …, for every node that is in this group and in `lb`; Cluster API takes the tag away again when it reconciles the group",
        remediation: [
          deleteTagsStep("Delete the tag.", region, [group], [view.key]),
          { text: "If `additionalTags` of the AWSCluster sets it, take it out there." },
        ],
      }
    : {
        ...base,
        verdict: "failed",
        detail: `${group.id}, Cluster API's \`lb\` group of cluster \`${view.id}\`, does not carry \`${view.key}\`.`,
        consequence:
          "a `LoadBalancer` service fails to reconcile: Multiple untagged security groups found for instance …; ensure the k8s security group is tagged",
        remediation: [createTagsStep("Tag the group.", region, [group], [[view.key, "owned"]])],
      };
}
