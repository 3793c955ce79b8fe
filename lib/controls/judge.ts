import type { ResolvedConfig } from "../model/config.ts";
import type { Facts } from "../model/facts.ts";
import type { Result } from "../model/result.ts";
import type { Scope } from "../model/scope.ts";

export interface JudgeOptions {
  readonly now: Date;
  /**
   * What the facts are about; the whole account when undefined. Only what lies in it is judged: a
   * configured role that was not looked for is not missed.
   */
  readonly scope?: Scope;
  /**
   * False at a first look, seconds after a change: unique ids in a trust policy may still turn back into
   * ARNs, so they are not told yet.
   */
  readonly settled?: boolean;
}

/**
 * Every control on everything in scope that is watched: roles, profiles and users first, then clusters.
 * Pure. A finding of the scope that is not among the results is about something that is gone.
 */
export function judge(facts: Facts, config: ResolvedConfig, options: JudgeOptions): readonly Result[] {
  void facts;
  void config;
  void options;
  return [];
}
