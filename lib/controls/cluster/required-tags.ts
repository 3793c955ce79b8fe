import { matchesPattern } from "../name-pattern.ts";
import { type ClusterView, type Member, ofCluster } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { neighboursUnseen } from "./gaps.ts";
import { graceUntil } from "./grace.ts";
import { judgeEach } from "./judge-each.ts";
import { usedByOthers } from "./shared-use.ts";
import { createTagsStep } from "./tag-commands.ts";

export const requiredTags: ClusterControl = {
  info: {
    id: "cluster-required-tags",
    title: "Every resource of a cluster carries the tags that your configuration asks for",
    severity: "low",
    resource: "cluster",
    rationale:
      "Your own rule: `requiredTags` of the cluster in rolecall.yml (key, value pattern, resource types).",
  },
  reads: ["instance", "security-group", "subnet", "route-table"],
  wellWhenSilent: "Every resource of it carries the tags that are asked for.",
  appliesTo: ({ watched }) => watched.requiredTags.length > 0,
  evaluate: (view) => judgeEach(view, view.all, judge),
};

function judge(view: ClusterView, member: Member): Judgement | undefined {
  const { item } = member;
  const rules = view.watched.requiredTags.filter(({ on }) => on.includes(item.type));
  if (rules.length === 0) return undefined;
  if (member.how === "inferred" && neighboursUnseen(view) !== undefined) return undefined;
  // What is only known to be used by the cluster, and by others too, is not its own to tag.
  if (member.how === "inferred" && item.type !== "instance" && usedByOthers(view, item)) return undefined;
  const node = item.type === "instance" ? view.index.nodes.get(item.id) : undefined;
  if (node !== undefined && graceUntil(node, view) !== undefined) return undefined;
  const broken = rules.filter(({ key, value }) => {
    const actual = item.tags.get(key);
    return actual === undefined || (value !== undefined && !matchesPattern(value, actual));
  });
  if (broken.length === 0) return undefined;
  const seen = broken.map(({ key }) => {
    const value = item.tags.get(key);
    return value === undefined
      ? `no tag \`${key}\`${otherCase(item.tags.keys(), key)}`
      : `\`${key}=${value}\``;
  });
  return {
    resource: item,
    verdict: "failed",
    detail: `${item.id} of ${ofCluster(view, member)} carries ${seen.join(", ")}.`,
    expected: rules.map(({ key, value }) => `${key}=${value ?? "*"}`),
    actual: seen,
    consequence:
      "your own rule is broken: whatever reads these tags (cost, backup, access by tag) leaves the resource out",
    remediation: broken.map(({ key, value }) =>
      value === undefined || /[*?]/.test(value)
        ? { text: `Set \`${key}\`${value === undefined ? "" : ` to a value like \`${value}\``}.` }
        : createTagsStep(`Set \`${key}\`.`, view.index.region, [item], [[key, value]]),
    ),
  };
}

function otherCase(keys: Iterable<string>, wanted: string): string {
  const lower = wanted.toLowerCase();
  for (const key of keys) if (key.toLowerCase() === lower) return ` (but \`${key}\`)`;
  return "";
}
