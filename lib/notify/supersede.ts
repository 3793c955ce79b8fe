import type { Cause } from "../change/model.ts";
import type { Alert } from "./alert.ts";

/**
 * Alerts of one finding that waited together (an outage, quiet hours) become as few as say it all: a
 * change that follows an untold opening or change is told with it, under the later id, and a reminder
 * that was overtaken is not told.
 */
export function superseding(alerts: readonly Alert[]): readonly Alert[] {
  const byFinding = new Map<string, Alert[]>();
  for (const alert of alerts) byFinding.set(alert.finding, [...(byFinding.get(alert.finding) ?? []), alert]);
  return [...byFinding.values()].flatMap(foldOne);
}

function foldOne(alerts: readonly Alert[]): readonly Alert[] {
  const kept: Alert[] = [];
  for (const alert of alerts.toSorted((a, b) => a.sequence - b.sequence)) {
    const before = kept.at(-1);
    if (before?.transition === "reminder") kept.pop();
    const joined = before !== undefined && alert.transition === "changed" && isNews(before);
    if (joined) kept[kept.length - 1] = join(before, alert);
    else kept.push(alert);
  }
  return kept;
}

const isNews = (alert: Alert): boolean => alert.transition === "opened" || alert.transition === "changed";

function join(first: Alert, last: Alert): Alert {
  const causes = new Map<string, Cause>();
  for (const cause of [...first.causes, ...last.causes]) causes.set(`${cause.event} ${cause.at}`, cause);
  const { before: _before, ...rest } = last;
  return {
    ...rest,
    transition: first.transition,
    ...(first.before === undefined ? {} : { before: first.before }),
    causes: [...causes.values()],
    causesOmitted: Math.max(first.causesOmitted, last.causesOmitted),
  };
}
