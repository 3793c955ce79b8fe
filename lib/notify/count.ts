import { type Severity, severities } from "../model/severity.ts";
import type { Alert, AlertTransition, DigestAttributes, DigestCounts } from "./alert.ts";

interface Counted {
  readonly severity: Severity;
  readonly transition: AlertTransition;
  readonly platform: string;
  readonly explains?: string | undefined;
}

/** How many alerts there are of each kind. */
export function countsOf(alerts: readonly Counted[]): DigestCounts {
  const bySeverity: Record<Severity, number> = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
  const byTransition: Partial<Record<AlertTransition, number>> = {};
  const byPlatform = new Map<string, Partial<Record<Severity, number>>>();
  let explaining = 0;
  for (const { severity, transition, platform, explains } of alerts) {
    if (explains !== undefined) explaining += 1;
    bySeverity[severity] += 1;
    byTransition[transition] = (byTransition[transition] ?? 0) + 1;
    const own = byPlatform.get(platform) ?? {};
    own[severity] = (own[severity] ?? 0) + 1;
    byPlatform.set(platform, own);
  }
  return {
    total: alerts.length,
    bySeverity,
    byTransition,
    ...(explaining === 0 ? {} : { explaining }),
    byPlatform: Object.fromEntries(byPlatform),
  };
}

/** What subscribers can filter on: whatever occurs in the digest. */
export function attributesOf(alerts: readonly Alert[]): DigestAttributes {
  const occurring = new Set(alerts.map(({ result }) => result.severity));
  const worstFirst = severities.toReversed().filter((severity) => occurring.has(severity));
  return {
    severity: worstFirst[0] ?? "info",
    severities: worstFirst,
    account: alerts[0]?.result.resource.account ?? "",
    platforms: unique(alerts.map(({ result }) => result.platform)),
    regions: unique(alerts.map(({ result }) => result.resource.region)),
    transitions: unique(alerts.map(({ transition }) => transition)),
  };
}

const unique = <T extends string>(list: readonly T[]): readonly T[] => [...new Set(list)].sort();

/** `10 critical, 90 low`, worst first. */
export const severityCounts = ({ bySeverity }: DigestCounts): string =>
  severities
    .toReversed()
    .filter((severity) => bySeverity[severity] > 0)
    .map((severity) => `${bySeverity[severity]} ${severity}`)
    .join(", ");
