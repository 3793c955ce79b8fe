import type { PendingAlert } from "../ledger/model.ts";
import { evidenceDigest } from "../model/finding-id.ts";
import { type Severity, severityRank } from "../model/severity.ts";
import type { Alert, AlertTransition, Digest, DigestKind } from "./alert.ts";
import { lineOf } from "./alert-line.ts";
import { attributesOf, countsOf } from "./count.ts";
import { quietUntil } from "./quiet-hours.ts";
import type { NotifySettings } from "./settings.ts";
import { superseding, type Told } from "./supersede.ts";

/** What to publish now, and what not yet. */
export interface Choice {
  readonly digests: readonly ChosenDigest[];
  /** Ids that are never told: below what anybody asked for. */
  readonly silent: readonly string[];
  /** How many wait for company or for the end of the quiet hours. */
  readonly held: number;
  /** When the first of these may go, ISO 8601 UTC. */
  readonly heldUntil?: string;
}

export interface ChosenDigest {
  readonly digest: Digest;
  /** Ids of the pending alerts that it tells, those that were folded into later ones included. */
  readonly tells: readonly string[];
}

/** Lines about alerts that are not told in full; the rest is counted. */
const mostLines = 100;

/**
 * Forms digests from what is pending: a burst, or a first audit, is one message. Pure: the same pending
 * alerts at the same time make the same digests under the same ids.
 */
export function choose(pending: readonly PendingAlert[], settings: NotifySettings, now: string): Choice {
  const silent = pending.filter(({ alert }) => below(alert, settings.atLeast)).map(({ id }) => id);
  const told = pending.filter(({ alert }) => !below(alert, settings.atLeast));

  const quiet = settings.quiet === undefined ? undefined : quietUntil(settings.quiet, now);
  // With all that waits of the same finding: told in the morning, its beginning would come after its end.
  const awake = new Set(
    told.flatMap(({ alert }) => (alert.result.severity === "critical" ? [alert.finding] : [])),
  );
  const due = quiet === undefined ? told : told.filter(({ alert }) => awake.has(alert.finding));
  // Only what may go at all is company: an alert of the evening must not end the collecting of the night.
  const wait = collectingUntil(due, settings, now);
  if (wait !== undefined) return { digests: [], silent, held: told.length, heldUntil: wait };

  const held = told.length - due.length;

  const groups = new Map<string, Told[]>();
  for (const one of superseding(due.map(({ alert }) => alert))) {
    const key = `${kindOf(one.alert)} ${one.alert.result.resource.account}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const digests = [...groups.values()].map((group) => chosen(group, settings, now));
  digests.sort((a, b) => kinds.indexOf(a.digest.kind) - kinds.indexOf(b.digest.kind));
  return { digests, silent, held, ...(quiet === undefined || held === 0 ? {} : { heldUntil: quiet }) };
}

const kinds: readonly DigestKind[] = ["news", "standing", "roll", "test"];

function kindOf(alert: Alert): DigestKind {
  if (alert.transition !== "reminder") return "news";
  return alert.result.severity === "critical" ? "standing" : "roll";
}

/** What was told as worse is told once more when it sinks below: else it would look as bad as ever. */
const below = ({ result, before }: Alert, least: Severity): boolean =>
  [result.severity, before?.severity ?? result.severity].every(
    (severity) => severityRank(severity) < severityRank(least),
  );

/** Until when alerts wait for company; undefined when they have waited long enough. */
function collectingUntil(
  pending: readonly PendingAlert[],
  settings: NotifySettings,
  now: string,
): string | undefined {
  const times = pending.map(({ pendingSince }) => Date.parse(pendingSince)).filter(Number.isFinite);
  if (times.length === 0) return undefined;
  const newest = times.reduce((a, b) => Math.max(a, b));
  const oldest = times.reduce((a, b) => Math.min(a, b));
  const until = Math.min(
    newest + settings.collectSeconds * 1000,
    oldest + settings.collectAtMostSeconds * 1000,
  );
  return until > Date.parse(now) ? new Date(until).toISOString() : undefined;
}

function chosen(group: readonly Told[], settings: NotifySettings, now: string): ChosenDigest {
  const alerts = group.map(({ alert }) => alert).toSorted(worstFirst);
  const [worst] = alerts;
  const tells = group.flatMap(({ ids }) => ids);
  const full = alerts.slice(0, settings.inFull);
  const digest: Digest = {
    schema: "rolecall.digest.v1",
    id: `rd-${evidenceDigest([...tells].sort())}`,
    kind: worst === undefined ? "news" : kindOf(worst),
    at: now,
    account: worst?.result.resource.account ?? "",
    alerts: full,
    rest: alerts.slice(settings.inFull, settings.inFull + mostLines).map(lineOf),
    counts: countsOf(alerts.map(({ result, transition, explains }) => ({ ...result, transition, explains }))),
    attributes: attributesOf(alerts),
    where: settings.where,
  };
  return { digest, tells };
}

const ended: ReadonlySet<AlertTransition> = new Set(["resolved", "no-longer-watched", "suppressed"]);

const over = ({ transition, closedAt }: Alert): boolean => closedAt !== undefined || ended.has(transition);

/** What stands before what ended, then by severity, then the latest; the id makes the order total. */
function worstFirst(a: Alert, b: Alert): number {
  return (
    Number(over(a)) - Number(over(b)) ||
    severityRank(b.result.severity) - severityRank(a.result.severity) ||
    (a.at > b.at ? -1 : a.at < b.at ? 1 : 0) ||
    (a.id < b.id ? -1 : 1)
  );
}
