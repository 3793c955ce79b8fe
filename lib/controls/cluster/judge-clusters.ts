import type { WatchedCluster } from "../../model/config.ts";
import type { AccountIdentity, IamFacts, RegionFacts } from "../../model/facts.ts";
import type { Result } from "../../model/result.ts";
import type { Severity } from "../../model/severity.ts";

export interface ClusterInput {
  readonly identity: AccountIdentity;
  readonly iam: IamFacts;
  /** The regions that were read: a watched cluster of another region is unavailable. */
  readonly regions: readonly RegionFacts[];
  readonly watched: readonly WatchedCluster[];
  readonly now: Date;
  /** By control id, over the controls' own; a watched cluster's come before these. */
  readonly severities?: Readonly<Record<string, Severity>>;
}

/** Every cluster control on every watched cluster, and each cluster that nobody watches, once. */
export function judgeClusters(input: ClusterInput): readonly Result[] {
  void input;
  return [];
}
