import type { ResolvedConfig } from "../model/config.ts";
import { type Scope, scopeKey } from "../model/scope.ts";
import { type Looked, lookAt } from "./look-at.ts";
import type { WatchPorts } from "./ports.ts";

/** One scheduled scope: gathered, judged, remembered, and reminded of what stands. Throws on an outage. */
export async function handleAudit(scope: Scope, ports: WatchPorts): Promise<Looked> {
  const looked = await lookAt({ scope, causes: [], why: "audit" }, ports);
  const { results, alerts } = looked;
  ports.log.info("audit judged", {
    scope: scopeKey(scope),
    results: results.length,
    failed: results.filter((result) => result.verdict === "failed").length,
    alerts,
    reason: looked.unseen,
  });
  if (alerts > 0) await ports.nudge.nudge();
  return looked;
}

/**
 * What a schedule's tick comes to: the account, every region with a watched cluster, Rolecall itself.
 * `regions` are those that a cluster without a region of its own (`*`) is looked for in.
 */
export function scheduledScopes(
  config: ResolvedConfig,
  account: string,
  home: string,
  regions: readonly string[] = [home],
): readonly Scope[] {
  const watched = new Set(config.clusters.flatMap(({ region }) => (region === "*" ? regions : [region])));
  return [
    { kind: "account", account },
    ...[...watched].sort().map((region): Scope => ({ kind: "region", account, region })),
    { kind: "self", account, region: home },
  ];
}
