import type { ResolvedConfig } from "../model/config.ts";
import type { Result } from "../model/result.ts";
import { type Scope, scopeKey } from "../model/scope.ts";
import { type Looked, lookAt } from "./look-at.ts";
import { nudgeFor } from "./nudge.ts";
import type { WatchPorts } from "./ports.ts";

/** One scheduled scope: gathered, judged, remembered, and reminded of what stands. Throws on an outage. */
export async function handleAudit(scope: Scope, ports: WatchPorts): Promise<Looked> {
  const looked = await lookAt({ scope, causes: [], why: "audit" }, ports);
  const { results, alerts } = looked;
  const count = (verdict: Result["verdict"]): number =>
    results.filter((result) => result.verdict === verdict).length;
  ports.log.info("audit judged", {
    scope: scopeKey(scope),
    results: results.length,
    failed: count("failed"),
    undecided: count("undecided"),
    unavailable: count("unavailable"),
    alerts,
    reason: looked.unseen,
  });
  if (scope.kind === "account") await callTheRoll(scope.account, ports);
  await nudgeFor(alerts, ports);
  return looked;
}

/** The heartbeat in words: how many subjects are known, and since when the oldest of them cannot be seen. */
async function callTheRoll(account: string, ports: WatchPorts): Promise<void> {
  const observations = await ports.ledger.observations(account);
  const blind = observations.flatMap(({ blind }) => (blind === undefined ? [] : [blind.since])).toSorted();
  ports.log.info("roll called", {
    account,
    scopes: observations.length,
    unseen: blind.length,
    since: blind[0],
  });
}

/**
 * What a schedule's tick comes to: the account and every region with a watched cluster. Rolecall itself has a
 * schedule of its own.
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
  ];
}
