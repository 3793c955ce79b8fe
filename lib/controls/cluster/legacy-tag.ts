import { legacyKey } from "./cluster-key.ts";
import type { ClusterView, Member } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { judgeEach } from "./judge-each.ts";
import { createTagsStep, deleteTagsStep } from "./tag-commands.ts";

/** As `awsTagging.init` of cloud-provider-aws (`pkg/providers/v1/tags.go`) has it. */
export const legacyTag: ClusterControl = {
  info: {
    id: "cluster-legacy-tag",
    title: "Where the legacy tag `KubernetesCluster` stands beside a cluster's key, both name one cluster",
    severity: "high",
    resource: "cluster",
    rationale:
      "cloud-provider-aws still honours `KubernetesCluster=<id>`; when both tags are there and disagree it does not start.",
  },
  reads: ["instance", "security-group", "subnet", "route-table"],
  wellWhenSilent: "No resource of it carries the legacy tag `KubernetesCluster`.",
  evaluate: (view) => judgeEach(view, view.all, judge),
};

function judge(view: ClusterView, { item }: Member): Judgement | undefined {
  const { legacy, keys } = item.read;
  if (legacy === undefined || legacy === "") return undefined;
  const ids = keys.map(({ id }) => id);
  const expected = `${legacyKey} = the id of the cluster's key`;
  const foreign = ids.filter((id) => id !== legacy);
  if (foreign.length === 0)
    return {
      resource: item,
      verdict: "passed",
      detail: `${item.id} carries \`${legacyKey}=${legacy}\`${ids.length === 0 ? " alone, which is still honoured" : ", as its key says"}.`,
      expected,
      actual: legacy,
    };
  const { region } = view.index;
  const only = foreign.length === 1 && ids.length === 1 ? foreign[0] : undefined;
  return {
    resource: item,
    verdict: "failed",
    detail: `${item.id} carries \`${legacyKey}=${legacy}\` and ${keys.map(({ key, value }) => `\`${key}=${value}\``).join(", ")}.`,
    expected,
    actual: { legacy, keys: ids },
    consequence:
      item.type === "instance"
        ? `a cloud controller that runs on it does not start: clusterID tags did not match: "${foreign[0]}" vs "${legacy}"`
        : `clusters \`${legacy}\` and \`${foreign[0]}\` both take it for theirs`,
    remediation: [
      deleteTagsStep(
        `If it belongs to ${only === undefined ? "the clusters of its keys" : `cluster \`${only}\``}, delete the legacy tag.`,
        region,
        [item],
        [legacyKey],
      ),
      ...(only === undefined
        ? []
        : [
            createTagsStep(
              `If it belongs to cluster \`${legacy}\`, first give it that key …`,
              region,
              [item],
              [[`kubernetes.io/cluster/${legacy}`, keys[0]?.value === "shared" ? "shared" : "owned"]],
            ),
            deleteTagsStep("… and then delete the other.", region, [item], [`kubernetes.io/cluster/${only}`]),
          ]),
    ],
  };
}
