import type { ClusterView, Member } from "./cluster-view.ts";
import type { Judgement } from "./control.ts";
import type { Item } from "./region-index.ts";

/** What `judge` has to say of each member; undefined: nothing. */
export function judgeEach<T extends Item>(
  view: ClusterView,
  members: readonly Member<T>[],
  judge: (view: ClusterView, member: Member<T>) => Judgement | undefined,
): readonly Judgement[] {
  const judgements: Judgement[] = [];
  for (const member of members) {
    const judgement = judge(view, member);
    if (judgement !== undefined) judgements.push(judgement);
  }
  return judgements;
}
