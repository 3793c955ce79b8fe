import { type ClusterView, type Member, ofCluster } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { graceUntil } from "./grace.ts";
import { judgeEach } from "./judge-each.ts";
import { usedByOthers } from "./shared-use.ts";
import { createTagsStep } from "./tag-commands.ts";

/** cloud-provider-aws tests for the key alone, except where it asks who owns (`hasClusterTagOwned`, `readRepairClusterTags`). */
export const tagValue: ClusterControl = {
  info: {
    id: "cluster-tag-value",
    title: "A cluster tag says `owned` or `shared`",
    severity: "medium",
    resource: "cluster",
    rationale:
      "Rancher: `owned` tells that the resource is owned and managed by this cluster, `shared` that several clusters use it. Nothing else has a meaning; letter case counts.",
  },
  reads: ["instance", "security-group", "subnet", "route-table"],
  wellWhenSilent: "All its tags say `owned` or `shared`.",
  evaluate: (view) => judgeEach(view, view.all, judge),
};

export const lifecycles: readonly string[] = ["owned", "shared"];

function judge(view: ClusterView, member: Member): Judgement | undefined {
  const { item } = member;
  if (member.how === "inferred") return undefined;
  const tag = item.read.keys.find(({ id }) => id === view.id);
  if (tag === undefined) return undefined;
  const right = lifecycles.includes(tag.value);
  // Of a node that is well `cluster-node-tagged` has said so: there are too many to say it twice.
  if (right && item.type === "instance") return undefined;
  if (right)
    return {
      resource: item,
      verdict: "passed",
      detail: `${item.id} is tagged \`${tag.key}=${tag.value}\`.`,
      expected: lifecycles,
      actual: tag.value,
    };
  const node = view.index.nodes.get(item.id);
  if (item.type === "instance" && node !== undefined && graceUntil(node, view) !== undefined)
    return undefined;
  const value = meant(tag.value);
  const { region } = view.index;
  const shared = usedByOthers(view, item);
  return {
    resource: item,
    verdict: "failed",
    detail: `${item.id} of ${ofCluster(view, member)} says ${tag.value.trim() === "" ? "nothing" : `\`${tag.value}\``} in it, which is neither \`owned\` nor \`shared\`.`,
    expected: lifecycles,
    actual: tag.value,
    consequence:
      "the cloud controller finds the resource by the key, yet nothing takes it for owned: what the cluster made is not deleted with it, and repairing the tag fails with “has tag belonging to another cluster”",
    remediation:
      value !== undefined
        ? [createTagsStep(`Write \`${value}\`, as was meant.`, region, [item], [[tag.key, value]])]
        : [
            ...(shared && item.type !== "instance"
              ? []
              : [
                  createTagsStep(
                    "If it belongs to this cluster alone and may go with it:",
                    region,
                    [item],
                    [[tag.key, "owned"]],
                  ),
                ]),
            ...(item.type === "instance"
              ? []
              : [
                  createTagsStep(
                    "If other clusters or things use it too:",
                    region,
                    [item],
                    [[tag.key, "shared"]],
                  ),
                ]),
          ],
  };
}

const meant = (value: string): string | undefined => {
  const plain = value.trim().toLowerCase();
  return lifecycles.find((lifecycle) => lifecycle === plain);
};
