import { differsInCase, legacyKey } from "./cluster-key.ts";
import { type ClusterView, type Member, ofCluster } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { judgeEach } from "./judge-each.ts";
import { isTaggedFor } from "./read-tags.ts";
import type { Lookalike } from "./region-index.ts";
import { deleteTagsStep, renameTagStep } from "./tag-commands.ts";

/** Told apart from a slip in letter case, which `cluster-tag-case` is about. */
export const tagKey: ClusterControl = {
  info: {
    id: "cluster-tag-key",
    title: "Every cluster tag's key is spelt `kubernetes.io/cluster/<id>`",
    severity: "medium",
    resource: "cluster",
    rationale:
      "Rancher: Key = `kubernetes.io/cluster/CLUSTERID`; the id is free text, but not empty. cloud-provider-aws compares keys letter by letter: another prefix, a space or a last slash makes another key.",
  },
  reads: ["instance", "security-group", "subnet", "route-table"],
  wellWhenSilent: "No key of its resources is a misspelt cluster key.",
  evaluate: (view) => judgeEach(view, view.all, judge),
};

/** Whether a mistaken key differs from the right one, or a mistaken id from the cluster's, in letter case alone. */
export const isCaseSlip = (view: ClusterView, { key, value }: Lookalike): boolean =>
  differsInCase(key, view.key) ||
  (differsInCase(key, legacyKey) && value.toLowerCase() === view.id.toLowerCase()) ||
  (key === legacyKey && differsInCase(value, view.id));

function judge(view: ClusterView, member: Member): Judgement | undefined {
  const { item } = member;
  const { region } = view.index;
  const { blank } = item.read;
  const slips = isTaggedFor(item.read, view.id)
    ? []
    : item.meantFor.filter((slip) => slip.cluster === view.id && !isCaseSlip(view, slip));
  if (blank.length + slips.length === 0) return undefined;
  const wrong = [...blank, ...slips.map(({ key }) => key)];
  return {
    resource: item,
    verdict: "failed",
    detail: `${item.id} of ${ofCluster(view, member)} carries ${wrong.map((key) => `\`${key}\``).join(", ")} for \`${view.key}\`.`,
    expected: view.key,
    actual: wrong,
    consequence:
      "to the cloud controller it is no tag of this cluster: a node is not found, a security group counts as untagged, a subnet as another cluster's",
    remediation: isTaggedFor(item.read, view.id)
      ? [deleteTagsStep("Delete the key without an id.", region, [item], blank)]
      : [
          renameTagStep("Set the right key, then delete the other.", region, item, wrong, [
            view.key,
            slips[0]?.value === "shared" ? "shared" : "owned",
          ]),
        ],
  };
}
