import { elbKey, internalElbKey } from "./cluster-key.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { ClusterControl, Judgement } from "./control.ts";
import { isTaggedFor } from "./read-tags.ts";
import type { Subnet } from "./region-index.ts";
import { createTagsStep, deleteTagsStep } from "./tag-commands.ts";

/**
 * Follows `findELBSubnets` of cloud-provider-aws (`pkg/providers/v1/aws.go`): one subnet a zone, of those
 * tagged for the cluster or for none (public ones alone for a load balancer that faces the internet);
 * the role key decides first, whatever its value, then the cluster's tag, then the order of the ids.
 */
export const subnetRole: ClusterControl = {
  info: {
    id: "cluster-subnet-role",
    title:
      "The tags `kubernetes.io/role/elb` and `internal-elb` lead load balancers to the cluster's subnets",
    severity: "medium",
    resource: "subnet",
    rationale:
      "cloud-provider-aws breaks a tie between a zone's subnets by `kubernetes.io/role/elb` (public) or `kubernetes.io/role/internal-elb` before it looks at the cluster's tag, and by the key alone: a value of `0` switches nothing off.",
  },
  reads: ["instance", "subnet", "route-table"],
  evaluate: (view) => {
    const judgements = new Map<Subnet, Judgement>();
    if (view.index.gaps.has("subnet") || view.index.gaps.has("route-table")) return [];
    for (const vpc of vpcsOf(view)) for (const judged of judgeVpc(view, vpc)) keepWorse(judgements, judged);
    return [...judgements.values()];
  },
};

interface Candidate {
  readonly subnet: Subnet;
  readonly own: boolean;
  readonly open: boolean;
}

interface Kind {
  readonly key: string;
  readonly words: string;
  role(subnet: Subnet): string | undefined;
  readonly internal: boolean;
}

const kinds: readonly Kind[] = [
  { key: elbKey, words: "a load balancer", role: ({ read }) => read.elb, internal: false },
  {
    key: internalElbKey,
    words: "an internal load balancer",
    role: ({ read }) => read.internalElb,
    internal: true,
  },
];

/** The controller looks for subnets in the VPC it runs in: those of the nodes, or of the tagged subnets before there are nodes. */
function vpcsOf(view: ClusterView): ReadonlySet<string> {
  const vpcs = new Set<string>();
  for (const { item } of view.nodes) if (item.vpc !== undefined) vpcs.add(item.vpc);
  if (vpcs.size === 0 && !view.index.gaps.has("instance"))
    for (const { item, how } of view.subnets)
      if (how !== "inferred" && item.vpc !== undefined) vpcs.add(item.vpc);
  return vpcs;
}

function judgeVpc(view: ClusterView, vpc: string): readonly (readonly [Subnet, Judgement])[] {
  const subnets = view.index.subnetsByVpc.get(vpc) ?? [];
  if (!subnets.some(({ read }) => read.elb !== undefined || read.internalElb !== undefined)) return [];
  const zones = new Map<string, Candidate[]>();
  for (const subnet of subnets) {
    const own = isTaggedFor(subnet.read, view.id);
    const table = view.index.tableOfSubnet.get(subnet.id) ?? view.index.mainTable.get(vpc);
    const free = subnet.read.keys.length + subnet.read.blank.length === 0;
    const { zone } = subnet.facts;
    if (zone === undefined || table === undefined || !(own || free)) continue;
    const there = zones.get(zone) ?? [];
    there.push({ subnet, own, open: table.facts.internet });
    zones.set(zone, there);
  }
  return [...zones].flatMap(([zone, candidates]) =>
    kinds.flatMap((kind) =>
      judgeZone(
        view,
        zone,
        kind,
        candidates.filter(({ open }) => kind.internal || open),
      ),
    ),
  );
}

function judgeZone(
  view: ClusterView,
  zone: string,
  kind: Kind,
  candidates: readonly Candidate[],
): readonly (readonly [Subnet, Judgement])[] {
  const chosen = best(candidates, kind);
  const otherwise = best(candidates);
  if (chosen === undefined || otherwise === undefined || kind.role(chosen.subnet) === undefined) return [];
  const { subnet } = chosen;
  const value = kind.role(subnet);
  const base = {
    resource: subnet,
    expected: `a subnet of the cluster${kind.internal ? ", a private one where there is one" : ""}`,
  };
  const faults: string[] = [];
  if (chosen !== otherwise) {
    if (!chosen.own && otherwise.own)
      faults.push(`it does not carry \`${view.key}\`, and ${otherwise.subnet.id} does`);
    if (value !== undefined && /^(?:0|false|no|off)$/i.test(value.trim()))
      faults.push(`its value \`${value}\` reads like “no”, but only the key counts`);
    if (kind.internal && chosen.open && !otherwise.open)
      faults.push(`it is public, and ${otherwise.subnet.id} is private`);
  }
  if (faults.length === 0)
    return [
      [
        subnet,
        {
          ...base,
          verdict: "passed",
          detail: `In ${zone} ${kind.words} of cluster \`${view.id}\` goes to ${subnet.id}${chosen === otherwise ? "; its role tag changes nothing" : `, by its role tag, before ${otherwise.subnet.id}`}.`,
          actual: subnet.id,
        },
      ],
    ];
  const { region } = view.index;
  return [
    [
      subnet,
      {
        ...base,
        verdict: "failed",
        detail: `In ${zone} the tag \`${kind.key}\` leads ${kind.words} of cluster \`${view.id}\` to ${subnet.id} instead of ${otherwise.subnet.id}: ${faults.join("; ")}.`,
        actual: { tag: kind.key, chosen: subnet.id, otherwise: otherwise.subnet.id, faults },
        consequence: `${kind.words} that a \`LoadBalancer\` service asks for is put into ${subnet.id}, where its nodes may be out of reach${kind.internal && chosen.open ? " and its addresses are in a public subnet" : ""}`,
        remediation: [
          deleteTagsStep(
            `If ${subnet.id} is not meant for it, delete the role tag.`,
            region,
            [subnet],
            [kind.key],
          ),
          createTagsStep(
            `If ${otherwise.subnet.id} is the one that is meant, give it the role tag${kind.role(otherwise.subnet) === undefined ? "" : ", and take it off the other"}.`,
            region,
            [otherwise.subnet],
            [[kind.key, "1"]],
          ),
          ...(chosen.own
            ? []
            : [
                createTagsStep(
                  `If ${subnet.id} is meant, tag it for the cluster.`,
                  region,
                  [subnet],
                  [[view.key, "shared"]],
                ),
              ]),
        ],
      },
    ],
  ];
}

/** The provider's choice among one zone's subnets: with a kind by its role key first, without one as if there were none. */
function best(candidates: readonly Candidate[], kind?: Kind): Candidate | undefined {
  const rank = ({ subnet, own }: Candidate): number =>
    (kind?.role(subnet) !== undefined ? 2 : 0) + (own ? 1 : 0);
  let first: Candidate | undefined;
  for (const candidate of candidates) {
    const more = first === undefined ? 1 : rank(candidate) - rank(first);
    if (first === undefined || more > 0 || (more === 0 && candidate.subnet.id < first.subnet.id))
      first = candidate;
  }
  return first;
}

function keepWorse(judgements: Map<Subnet, Judgement>, [subnet, judged]: readonly [Subnet, Judgement]): void {
  const known = judgements.get(subnet);
  if (known === undefined || (known.verdict === "passed" && judged.verdict === "failed"))
    judgements.set(subnet, judged);
  else if (known.verdict === judged.verdict)
    judgements.set(subnet, {
      ...known,
      detail: `${known.detail} ${judged.detail}`,
      actual: [known.actual, judged.actual],
      ...(known.verdict === "failed"
        ? {
            consequence: `${known.consequence}; ${judged.consequence}`,
            remediation: [...(known.remediation ?? []), ...(judged.remediation ?? [])],
          }
        : {}),
    });
}
