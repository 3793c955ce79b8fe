import { capaPrefix } from "./cluster-key.ts";
import { type ClusterView, type Member, ofCluster } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { graceUntil } from "./grace.ts";
import { judgeEach } from "./judge-each.ts";
import { createTagsStep } from "./tag-commands.ts";
import { lifecycles } from "./tag-value.ts";

/** `GetRunningInstanceByTags` and the `ClusterOwned` filter of Cluster API's AWS provider go by this key and its value. */
export const capaTags: ClusterControl = {
  info: {
    id: "cluster-capa-tags",
    title: "What Cluster API made for a cluster carries its key, `owned` or `shared`, and every node does",
    severity: "medium",
    resource: "cluster",
    rationale:
      "Cluster API's AWS provider tags what it makes with `sigs.k8s.io/cluster-api-provider-aws/cluster/<name>` = `owned` or `shared` and finds it again by that tag (`api/v1beta2/tags.go`). Clusters none of whose resources carry it were not made by it.",
  },
  reads: ["instance", "security-group", "subnet", "route-table"],
  wellWhenSilent: "Its nodes carry Cluster API's key, or nothing of it does.",
  appliesTo: ({ conventions }) => conventions.capa,
  evaluate: (view) => {
    const { all } = view;
    if (!all.some(({ item }) => item.capaIds.includes(view.id))) return [];
    const key = capaKey(view);
    return judgeEach(view, all, (_, member) => judge(view, member, key));
  },
};

function judge(view: ClusterView, member: Member, key: string): Judgement | undefined {
  const { item, how } = member;
  const value = item.tags.get(key);
  const { region } = view.index;
  const node = item.type === "instance" ? view.index.nodes.get(item.id) : undefined;
  if (node !== undefined && graceUntil(node, view) !== undefined) return undefined;
  if (value !== undefined) {
    if (lifecycles.includes(value)) return undefined;
    return {
      resource: item,
      verdict: "failed",
      detail: `${item.id} of ${ofCluster(view, member)} says \`${value}\` in \`${key}\`, which is neither \`owned\` nor \`shared\`.`,
      expected: lifecycles,
      actual: value,
      consequence:
        "Cluster API does not find the resource as its own (`HasOwned` is false): it makes a second one, and deletes neither with the cluster",
      remediation: [
        createTagsStep("If Cluster API made it and manages it:", region, [item], [[key, "owned"]]),
        ...(node === undefined
          ? [createTagsStep("If it was there before and is only used:", region, [item], [[key, "shared"]])]
          : []),
      ],
    };
  }
  if (node === undefined || (how !== "key" && how !== "legacy")) return undefined;
  const others = item.read.capa.map((tag) => tag.key);
  return {
    resource: item,
    verdict: "failed",
    detail: `${item.id}, a node of ${ofCluster(view, member)}, carries ${others.length === 0 ? `no tag \`${key}\`` : others.map((other) => `\`${other}\``).join(", ")}.`,
    expected: `${key} = owned`,
    actual: others,
    consequence:
      "Cluster API does not find the instance as the machine's: it makes a second one, and leaves this one behind when the machine or the cluster is deleted",
    remediation: [
      createTagsStep("If it is a machine of this cluster:", region, [item], [[key, "owned"]]),
      { text: "If it joined the cluster by hand, suppress this finding." },
    ],
  };
}

/** As configured, or as the cluster's own resources have it: Cluster API's name for it may be another. */
function capaKey(view: ClusterView): string {
  if (view.watched.capaName !== undefined) return capaPrefix + view.watched.capaName;
  for (const { item } of view.all) {
    const at = item.capaIds.indexOf(view.id);
    const key = item.read.capa[at]?.key;
    if (key !== undefined) return key;
  }
  return capaPrefix + view.id;
}
