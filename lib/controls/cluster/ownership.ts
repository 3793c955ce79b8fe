import { clusterPrefix } from "./cluster-key.ts";
import type { ClusterView, Member } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { judgeEach } from "./judge-each.ts";
import { clustersUsing, hasGroupBeside } from "./shared-use.ts";
import { createTagsStep } from "./tag-commands.ts";

export const ownership: ClusterControl = {
  info: {
    id: "cluster-ownership",
    title: "What several clusters use is owned by none of them",
    severity: "medium",
    resource: "cluster",
    rationale:
      "Rancher: `owned` says that the resource is managed by this cluster alone, `shared` that several use it. What is owned is deleted with its cluster (cloud-provider-aws `hasClusterTagOwned`, Cluster API `HasOwned`).",
  },
  reads: ["instance", "security-group", "subnet", "route-table"],
  wellWhenSilent:
    "Nothing that it owns is used by another cluster, and nothing that it uses is owned by one.",
  evaluate: (view) => judgeEach(view, view.all, judge),
};

function judge(view: ClusterView, { item }: Member): Judgement | undefined {
  if (item.type === "instance") return undefined;
  const owners = item.read.keys.filter(({ value }) => value === "owned").map(({ id }) => id);
  if (owners.length === 0) return undefined;
  // Where the legacy tag names another cluster than the keys, `cluster-legacy-tag` tells it.
  const users = new Set(item.read.keys.map(({ id }) => id));
  for (const cluster of clustersUsing(view, item)) users.add(cluster);
  for (const { cluster } of item.meantFor) users.delete(cluster);
  const others = [...users].filter((id) => id !== owners[0]);
  if (others.length === 0) return undefined;
  const unsaid = others.filter((id) => !item.ids.includes(id));
  const all = [...users].sort();
  return {
    resource: item,
    verdict: "failed",
    detail: `${item.id} is owned by ${owners.map(quoted).join(" and ")}, and ${others.map(quoted).join(", ")} ${others.length === 1 ? "uses" : "use"} it${unsaid.length === others.length ? ": nodes are in it" : ""}.`,
    expected: "shared, for each cluster that uses it",
    actual: { owners: [...owners].sort(), users: all },
    consequence: `deleting cluster ${quoted(owners[0] ?? "")} deletes it, or hangs on it, while ${others.map(quoted).join(", ")} still ${others.length === 1 ? "uses" : "use"} it`,
    remediation: [
      createTagsStep(
        "Share it between the clusters that use it.",
        view.index.region,
        [item],
        all
          // A node with a group of its own beside this one needs no tag here, and can bear no second one.
          .filter((id) => item.ids.includes(id) || !hasGroupBeside(view.index, item, id))
          .map((id) => [clusterPrefix + id, "shared"] as const),
      ),
    ],
  };
}

const quoted = (id: string): string => `\`${id}\``;
