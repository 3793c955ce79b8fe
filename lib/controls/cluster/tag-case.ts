import type { ClusterView, Member } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { judgeEach } from "./judge-each.ts";
import { isTaggedFor } from "./read-tags.ts";
import { deleteTagsStep, renameTagStep } from "./tag-commands.ts";
import { isCaseSlip } from "./tag-key.ts";

export const tagCase: ClusterControl = {
  info: {
    id: "cluster-tag-case",
    title: "No tag differs from a cluster's tag in letter case alone",
    severity: "medium",
    resource: "cluster",
    rationale:
      "EC2's tag keys are case-sensitive, and cloud-provider-aws compares them letter by letter: `Kubernetes.io/cluster/c1` or `kubernetes.io/cluster/C1` is not `kubernetes.io/cluster/c1`, though a person reads the same.",
  },
  reads: ["instance", "security-group", "subnet", "route-table"],
  wellWhenSilent: "No tag of its resources differs from its tag in letter case alone.",
  evaluate: (view) => judgeEach(view, view.all, judge),
};

function judge(view: ClusterView, { item }: Member): Judgement | undefined {
  const slips = item.meantFor.filter((slip) => slip.cluster === view.id && isCaseSlip(view, slip));
  const [slip] = slips;
  if (slip === undefined) return undefined;
  const keys = slips.map(({ key }) => key);
  const right = isTaggedFor(item.read, view.id);
  const { region } = view.index;
  return {
    resource: item,
    verdict: "failed",
    detail: `${item.id} carries \`${slip.key}=${slip.value}\`, which differs from the tag of cluster \`${view.id}\` in letter case alone${right ? ", besides the right one" : ""}.`,
    expected: view.key,
    actual: slips.map(({ key, value }) => `${key}=${value}`),
    consequence: right
      ? "the cloud controller takes it for another cluster's tag: on a node it stops with “Found multiple cluster tags with prefix kubernetes.io/cluster/” where the prefix is the same"
      : "the cloud controller takes it for another cluster's tag, or for none: the resource is not found as this cluster's",
    remediation: [
      right
        ? deleteTagsStep("Delete the mistaken key.", region, [item], keys)
        : renameTagStep("Set the key that was meant, then delete the other.", region, item, keys, [
            view.key,
            slip.value === "shared" ? "shared" : "owned",
          ]),
    ],
  };
}
