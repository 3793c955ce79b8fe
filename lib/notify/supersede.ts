import { addCauses } from "../ledger/causes.ts";
import type { Alert } from "./alert.ts";

/** One alert to be told, and the ids of all that are told with it. */
export interface Told {
  readonly alert: Alert;
  readonly ids: readonly string[];
}

/**
 * Alerts of one finding that waited together (an outage, quiet hours) become as few as say it all: a
 * change that follows an untold opening or change is told with it, under the later id, a reminder that
 * was overtaken is not told, and what is over already says so.
 */
export function superseding(alerts: readonly Alert[]): readonly Told[] {
  const byFinding = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const same = byFinding.get(alert.finding);
    if (same === undefined) byFinding.set(alert.finding, [alert]);
    else same.push(alert);
  }
  return [...byFinding.values()].flatMap(foldOne);
}

function foldOne(alerts: readonly Alert[]): readonly Told[] {
  const kept: Told[] = [];
  for (const alert of alerts.toSorted((a, b) => a.sequence - b.sequence)) {
    const before = kept.at(-1);
    const ids = [...(before?.ids ?? []), alert.id];
    // Told only now that it is over, an opening must not call anybody to arms.
    if (before !== undefined && alert.closedAt !== undefined && isNews(before.alert))
      kept[kept.length - 1] = { ...before, alert: { ...before.alert, closedAt: alert.closedAt } };
    if (before?.alert.transition === "reminder") kept[kept.length - 1] = { alert, ids };
    else if (before !== undefined && alert.transition === "changed" && isNews(before.alert)) {
      kept[kept.length - 1] = { alert: join(before.alert, alert), ids };
    } else kept.push({ alert, ids: [alert.id] });
  }
  return kept;
}

const isNews = (alert: Alert): boolean => alert.transition === "opened" || alert.transition === "changed";

function join(first: Alert, last: Alert): Alert {
  // As many as a pass keeps: what waited for long would else take more of them than any message has room for.
  const { causes, omitted } = addCauses(
    { causes: first.causes, omitted: Math.max(first.causesOmitted, last.causesOmitted) },
    last.causes,
  );
  const { before: _before, explains: _explains, ...rest } = last;
  // One that only says who did what was told before says nothing of what it was before that.
  const before = first.explains === undefined ? first.before : last.before;
  return {
    ...rest,
    transition: first.transition,
    ...(before === undefined ? {} : { before }),
    causes,
    causesOmitted: omitted,
  };
}
