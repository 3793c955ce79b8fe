import { judge } from "./controls/judge.ts";
import { type GatherRequest, gather } from "./gather/gather.ts";
import type { FactsPort } from "./gather/port.ts";
import type { ResolvedConfig } from "./model/config.ts";
import type { Facts } from "./model/facts.ts";
import type { Report } from "./model/report.ts";
import { loadActions } from "./policy/actions/load-actions.ts";
import { toReport } from "./report/to-report.ts";

export interface Audited {
  readonly facts: Facts;
  readonly config: ResolvedConfig;
  readonly report: Report;
}

/**
 * One audit of an account: gather, judge, report. Where nobody wrote a configuration, `config` makes one
 * from what was seen.
 */
export async function audit(
  port: FactsPort,
  config: ResolvedConfig | ((facts: Facts) => ResolvedConfig | Promise<ResolvedConfig>),
  request: GatherRequest,
): Promise<Audited> {
  const [facts, actions] = await Promise.all([gather(port, request), loadActions()]);
  const resolved = typeof config === "function" ? await config(facts) : config;
  const results = judge(facts, resolved, { now: request.now(), settled: true, actions });
  return { facts, config: resolved, report: toReport(facts, results) };
}
