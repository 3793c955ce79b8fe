import { suppressionCurrent } from "./controls/account/suppressions.ts";
import { unwatched } from "./controls/cluster/unwatched.ts";
import { judge } from "./controls/judge.ts";
import { type GatherRequest, gather } from "./gather/gather.ts";
import type { FactsPort } from "./gather/port.ts";
import type { ResolvedConfig } from "./model/config.ts";
import type { Facts } from "./model/facts.ts";
import type { Report } from "./model/report.ts";
import type { Result } from "./model/result.ts";
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
  request: GatherRequest & {
    /** Whether only a part of the configuration is judged: what lies outside is not missed. */
    readonly partial?: boolean;
  },
): Promise<Audited> {
  const [facts, actions] = await Promise.all([gather(port, request), loadActions()]);
  const recognised = typeof config === "function";
  const resolved = recognised ? await config(facts) : config;
  const results = judge(facts, resolved, { now: request.now(), settled: true, actions, recognised });
  const told = request.partial === true ? withoutStrays(results) : results;
  return { facts, config: resolved, report: toReport(facts, told) };
}

/**
 * A suppression whose finding was not looked for has not lost it, nor is a cluster unconfigured that was
 * left out; what was looked for and not seen stays.
 */
function withoutStrays(results: readonly Result[]): readonly Result[] {
  const ids = new Set(results.map(({ id }) => id));
  return results.filter(({ control, resource, verdict }) => {
    if (control === unwatched.id) return verdict === "unavailable";
    return control !== suppressionCurrent.id || ids.has(/rc-[0-9a-f]{32}/.exec(resource.arn)?.[0] ?? "");
  });
}
