import type { ClusterView } from "./cluster-view.ts";
import type { Judgement } from "./control.ts";
import type { Node } from "./region-index.ts";

/**
 * RunInstances and CreateTags arrive up to a minute or more apart, so an instance is given time after its
 * launch. Undefined once that is over, or when the launch is not known or lies absurdly far ahead.
 */
export function graceUntil(node: Node, { watched, now }: ClusterView): Date | undefined {
  const { launched } = node;
  const grace = watched.graceSeconds * 1000;
  const age = now.getTime() - launched;
  return age < grace && age > -grace ? new Date(launched + grace) : undefined;
}

/** What is said of an instance that is too young to be judged. */
export const tooYoung = (node: Node, until: Date): Judgement => ({
  resource: node,
  verdict: "not-applicable",
  detail: `${node.id} was launched at ${node.facts.launchedAt}.`,
  expected: null,
  actual: null,
  reason: `tags, groups and profile may still be on their way: judged from ${until.toISOString()}`,
});
