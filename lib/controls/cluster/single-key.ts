import { clusterPrefix } from "./cluster-key.ts";
import { type ClusterView, type Member, ofCluster } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { graceUntil } from "./grace.ts";
import { judgeEach } from "./judge-each.ts";
import { deleteTagsStep } from "./tag-commands.ts";

/**
 * `findClusterIDs` of cloud-provider-aws refuses several keys on the instance it reads the id from. On
 * what clusters share, a key for each of them is what `shared` is for; what one of them owns is
 * `cluster-ownership`'s.
 */
export const singleKey: ClusterControl = {
  info: {
    id: "cluster-single-key",
    title: "A node carries the key of one cluster",
    severity: "high",
    resource: "cluster",
    rationale:
      "cloud-provider-aws: more than one `kubernetes.io/cluster/*` key on the instance it reads its id from is a hard error. Rancher besides: “Do not tag a resource with multiple owned or shared tags”; told as info where several clusters share a subnet or a group, which works.",
  },
  reads: ["instance", "security-group", "subnet", "route-table"],
  wellWhenSilent: "None of its resources carries several clusters' keys.",
  evaluate: (view) => judgeEach(view, view.all, judge),
};

function judge(view: ClusterView, member: Member): Judgement | undefined {
  if (member.item.read.keys.length < 2) return undefined;
  if (member.item.type === "instance") return node(view, member);
  return view.conventions.oneKeyEach ? shared(member) : undefined;
}

function node(view: ClusterView, member: Member): Judgement | undefined {
  const { item } = member;
  const instance = view.index.nodes.get(item.id);
  if (instance !== undefined && graceUntil(instance, view) !== undefined) return undefined;
  const keys = item.read.keys;
  const [first, second] = keys;
  return {
    resource: item,
    verdict: "failed",
    detail: `${item.id}, a node of ${ofCluster(view, member)}, carries the keys of ${keys.length} clusters: ${listed(keys)}.`,
    expected: `one key ${clusterPrefix}<id>`,
    actual: keys.map(({ id }) => id).sort(),
    consequence: `a cloud controller that runs on it does not start: Found multiple cluster tags with prefix ${clusterPrefix} ("${first?.id}" and "${second?.id}"); both clusters take the instance for their node`,
    remediation: keys.slice(0, maxChoices).map(({ id, key }) =>
      deleteTagsStep(
        `If it is a node of cluster \`${id}\`, delete the ${keys.length === 2 ? "other key" : "other keys"}.`,
        view.index.region,
        [item],
        keys.flatMap((other) => (other.key === key ? [] : [other.key])),
      ),
    ),
  };
}

/** A person chooses among a few; AWS allows 50 tags on a resource, a file any number. */
const maxChoices = 8;

function listed(keys: Member["item"]["read"]["keys"]): string {
  const shown = keys.slice(0, maxChoices).map(({ key }) => `\`${key}\``);
  const more = keys.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function shared({ item }: Member): Judgement | undefined {
  const keys = item.read.keys;
  if (!keys.every(({ value }) => value === "shared")) return undefined;
  return {
    resource: item,
    verdict: "failed",
    severity: "info",
    detail: `${item.id} is shared by ${keys.length} clusters: ${listed(keys)}.`,
    expected: "one cluster's key, says Rancher; the cloud controller asks for each cluster's",
    actual: keys.map(({ id }) => id).sort(),
    consequence:
      "nothing stops working: the cloud controller finds the resource by its own cluster's key; Rancher's documents advise against it",
    remediation: [{ text: "Leave it if the clusters are meant to share it." }],
  };
}
