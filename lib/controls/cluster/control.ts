import type { ControlInfo } from "../../model/control.ts";
import type { RemediationStep, ResourceType, Verdict } from "../../model/result.ts";
import type { Denied } from "../../model/seen.ts";
import type { Severity } from "../../model/severity.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { TaggedType } from "./region-index.ts";

/** What a control says of one resource of a cluster. */
export interface Judgement {
  readonly resource: { readonly type: ResourceType; readonly id: string };
  readonly verdict: Verdict;
  /** Where it is not the control's own. */
  readonly severity?: Severity;
  readonly detail: string;
  readonly expected: unknown;
  /** What the evidence digest is of: it holds nothing that changes while the tags do not, no counts and no neighbours. */
  readonly actual: unknown;
  readonly consequence?: string;
  readonly remediation?: readonly RemediationStep[];
  readonly reason?: string;
}

export interface ClusterControl {
  readonly info: ControlInfo;
  /**
   * The rosters that must be whole for silence to mean that all is well: with a gap in one of them the
   * control is unavailable on the cluster, besides what it says of the resources that were seen.
   */
  readonly reads: readonly TaggedType[];
  /**
   * Said of the cluster when the control has nothing to say of any resource; undefined for a control
   * that speaks of each resource it is about.
   */
  readonly wellWhenSilent?: string;
  /** False: nothing is said at all, for this is not a rule of the cluster's platform or configuration. */
  appliesTo?(view: ClusterView): boolean;
  /** Pure. */
  evaluate(view: ClusterView): readonly Judgement[];
}

const actions: Readonly<Record<TaggedType, string>> = {
  instance: "instances",
  "security-group": "security groups",
  subnet: "subnets",
  "route-table": "route tables",
};

/** `could not see all security groups: ec2:DescribeSecurityGroups: …` */
export const unseen = (type: TaggedType, { action, reason }: Denied): string =>
  `could not see all ${actions[type]} (${action}: ${reason})`;
