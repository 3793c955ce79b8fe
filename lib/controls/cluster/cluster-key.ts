/**
 * The tag keys that platforms put on EC2 resources, told apart. Sources: cloud-provider-aws
 * `pkg/providers/v1/tags.go` (the prefix and the legacy key) and `aws.go` (the subnets' role keys),
 * Cluster API's AWS provider `api/v1beta2/tags.go`.
 */
export const clusterPrefix = "kubernetes.io/cluster/";
export const legacyKey = "KubernetesCluster";
export const capaPrefix = "sigs.k8s.io/cluster-api-provider-aws/cluster/";
export const capaRoleKey = "sigs.k8s.io/cluster-api-provider-aws/role";
export const elbKey = "kubernetes.io/role/elb";
export const internalElbKey = "kubernetes.io/role/internal-elb";
const autoscalerPrefix = "k8s.io/cluster-autoscaler/";

export type KeyKind =
  | { readonly kind: "cluster"; readonly id: string }
  /** The prefix with nothing, or only white space, behind it. */
  | { readonly kind: "blank" }
  /** Meant to be a cluster key and not one; `id` is folded. */
  | { readonly kind: "lookalike"; readonly id: string }
  | { readonly kind: "legacy" }
  /** `KubernetesCluster` in other letter case. */
  | { readonly kind: "legacy-lookalike" }
  | { readonly kind: "capa"; readonly id: string }
  | { readonly kind: "capa-role" }
  | { readonly kind: "elb" }
  | { readonly kind: "internal-elb" }
  | { readonly kind: "auto-scaling-group" }
  | { readonly kind: "launch-template" }
  /** A key that a launch leaves behind and that names a cluster in its `id` or, without one, its value. */
  | { readonly kind: "launch"; readonly id?: string }
  | { readonly kind: "eks-owned" }
  | { readonly kind: "other" };

const exact = new Map<string, KeyKind>([
  [legacyKey, { kind: "legacy" }],
  [capaRoleKey, { kind: "capa-role" }],
  [elbKey, { kind: "elb" }],
  [internalElbKey, { kind: "internal-elb" }],
  ["aws:autoscaling:groupName", { kind: "auto-scaling-group" }],
  ["aws:ec2launchtemplate:id", { kind: "launch-template" }],
  ["eks:cluster-name", { kind: "launch" }],
  ["alpha.eksctl.io/cluster-name", { kind: "launch" }],
  ["aws:eks:cluster-name", { kind: "eks-owned" }],
]);

const other: KeyKind = { kind: "other" };
const lookalike = /^(?:kubernetes|k8s)(?:\.io)?[/:.]clusters?[/:=](.+)$/;

/** What a tag key is for. */
export function classifyKey(key: string): KeyKind {
  const known = exact.get(key);
  if (known !== undefined) return known;
  if (key.startsWith(clusterPrefix)) {
    const id = key.slice(clusterPrefix.length);
    return fold(id) === "" ? { kind: "blank" } : { kind: "cluster", id };
  }
  if (key.startsWith(capaPrefix)) {
    const id = key.slice(capaPrefix.length);
    return id === "" ? other : { kind: "capa", id };
  }
  if (key.startsWith(autoscalerPrefix)) {
    const id = key.slice(autoscalerPrefix.length);
    return id === "" || id === "enabled" || id.startsWith("node-template/") ? other : { kind: "launch", id };
  }
  if (key.startsWith("aws:")) return other;
  const folded = fold(key);
  if (folded === "kubernetescluster") return { kind: "legacy-lookalike" };
  const id = lookalike.exec(folded)?.[1];
  return id === undefined ? other : { kind: "lookalike", id };
}

/** What is left of a key or an id when the eye's mistakes are taken away: case, spaces, widths, a last slash. */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\p{White_Space}\p{Cf}]/gu, "")
    .replace(/\/$/, "");
}

/** Whether two keys differ in letter case and in nothing else. */
export const differsInCase = (one: string, two: string): boolean =>
  one !== two && one.toLowerCase() === two.toLowerCase();
