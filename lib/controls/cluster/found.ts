import { shellQuote } from "../../remediation/shell.ts";
import type { ClusterView } from "./cluster-view.ts";
import { type ClusterControl, unseen } from "./control.ts";
import { taggedTypes } from "./region-index.ts";

export const found: ClusterControl = {
  info: {
    id: "cluster-found",
    title: "A cluster that is configured exists: some resource of its region carries its id",
    severity: "medium",
    resource: "cluster",
    rationale:
      "An entry of rolecall.yml that matches nothing watches nothing: the id or the region is mistaken, the tags are gone, or the cluster is.",
  },
  reads: [],
  evaluate: (view) => [judge(view)],
};

function judge(view: ClusterView) {
  const resource = { type: "cluster", id: view.id } as const;
  const expected = view.key;
  const carriers = [view.nodes, view.groups, view.subnets, view.routeTables].map(
    (members) => members.filter(({ how }) => how !== "inferred" && how !== "lookalike").length,
  );
  const [nodes = 0, groups = 0, subnets = 0, tables = 0] = carriers;
  if (nodes + groups + subnets + tables > 0)
    return {
      resource,
      verdict: "passed",
      detail: `${nodes} instances, ${groups} security groups, ${subnets} subnets and ${tables} route tables of ${view.index.region} carry the id of cluster \`${view.id}\`.`,
      expected,
      actual: "found",
    } as const;
  for (const type of taggedTypes) {
    const gap = view.index.gaps.get(type);
    if (gap !== undefined)
      return {
        resource,
        verdict: "unavailable",
        detail: `Nothing that was seen of ${view.index.region} carries the id of cluster \`${view.id}\`.`,
        expected,
        actual: null,
        reason: unseen(type, gap),
      } as const;
  }
  return notFound(view.id, view.index.region);
}

/** Said as well of a cluster that may be in any region and is in none. */
export const notFound = (id: string, region: string) =>
  ({
    resource: { type: "cluster", id },
    verdict: "failed",
    detail: `The configured cluster \`${id}\` matches nothing: no instance, security group, subnet or route table of ${region} carries its id.`,
    expected: `kubernetes.io/cluster/${id}`,
    actual: null,
    consequence:
      "the cluster's tags are not watched; if it runs, its cloud controller finds none of its resources either",
    remediation: [
      {
        text: "Compare the id and the region in rolecall.yml with the tags of a node; if the cluster is gone, take the entry out.",
      },
      {
        text: "These are the ids that nodes of the region carry:",
        ...(region === "any region"
          ? {}
          : {
              command: `aws ec2 describe-instances --region ${shellQuote(region)} --filters 'Name=tag-key,Values=kubernetes.io/cluster/*' --query 'Reservations[].Instances[].Tags[?starts_with(Key, \`kubernetes.io/cluster/\`)].Key' --output text`,
            }),
      },
    ],
  }) as const;
