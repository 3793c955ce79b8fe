/**
 * Names of roles that other tools make. Their policies are close relatives of the ones that are looked
 * for, since all of them run the same cloud provider.
 */
const names: readonly RegExp[] = [
  /\.cluster-api-provider-aws\.sigs\.k8s\.io$/,
  /(^|[^a-z])(capa|kops|eks|openshift|kubespray|gardener|karpenter|eksctl)([^a-z]|$)/i,
  /^(masters|nodes|bastions)\.[^.]+\./,
];

export const isOtherProduct = (role: string): boolean => names.some((name) => name.test(role));
