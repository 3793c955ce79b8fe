import { field, text } from "./field.ts";
import { readEvent, readRecord } from "./read-event.ts";
import { serviceOf } from "./table.ts";

/** How many of one kind of call there were, and what became of them. */
interface SurveyLine {
  /** `iam:CreateRole`. */
  readonly call: string;
  /** `watched`, `watched, widened: …`, or why it is ignored. */
  readonly outcome: string;
  readonly count: number;
}

export interface Survey {
  readonly total: number;
  readonly watched: number;
  readonly ignored: number;
  readonly malformed: number;
  /** Watched first, then by outcome; the most frequent first. */
  readonly lines: readonly SurveyLine[];
}

/** What reading these records and events comes to. Pure; takes EventBridge events and bare records alike. */
export function survey(records: readonly unknown[]): Survey {
  const counts = new Map<string, { call: string; outcome: string; count: number }>();
  const totals = { watched: 0, ignored: 0, malformed: 0 };
  for (const record of records) {
    const isEvent = field(record, "detail-type") !== undefined;
    const read = isEvent ? readEvent(record) : readRecord(record);
    const inner = isEvent ? (field(record, "detail") ?? record) : record;
    const service = serviceOf(text(field(inner, "eventSource")) ?? text(field(record, "source")) ?? "?");
    const call = `${service}:${text(field(inner, "eventName")) ?? text(field(record, "detail-type")) ?? "?"}`;
    let outcome: string;
    switch (read.kind) {
      case "change":
        totals.watched++;
        outcome = read.change.widened === undefined ? "watched" : `watched, widened: ${read.change.widened}`;
        break;
      case "ignored":
        totals.ignored++;
        outcome = read.reason;
        break;
      case "malformed":
        totals.malformed++;
        outcome = `malformed: ${read.reason}`;
        break;
      default:
        throw new TypeError(read satisfies never);
    }
    const key = `${outcome}\n${call}`;
    const line = counts.get(key) ?? { call, outcome, count: 0 };
    line.count++;
    counts.set(key, line);
  }
  const rank = (line: SurveyLine): number => (line.outcome.startsWith("watched") ? 0 : 1);
  const lines = [...counts.values()].toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      a.outcome.localeCompare(b.outcome, "en") ||
      b.count - a.count ||
      a.call.localeCompare(b.call, "en"),
  );
  return { total: records.length, ...totals, lines };
}
