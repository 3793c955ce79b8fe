import { readActor } from "./actor.ts";
import { field, text } from "./field.ts";
import type { Cause, IgnoreReason } from "./model.ts";
import { readEvent } from "./read-event.ts";
import { serviceOf } from "./table.ts";

const changedNothing: ReadonlySet<IgnoreReason> = new Set(["failed call", "read only", "dry run"]);

/**
 * The recorded call of an event, whatever it is: one that is not in the table, or cannot be read, was made by
 * somebody all the same. Undefined for what is no event, and for a call that changed nothing. Never throws.
 */
export function causeOf(event: unknown): Cause | undefined {
  if (text(field(event, "detail-type")) === undefined) return undefined;
  const read = readEvent(event);
  if (read.kind === "change") return read.change.cause;
  if (read.kind === "ignored" && changedNothing.has(read.reason)) return undefined;
  const record = field(event, "detail");
  const service = serviceOf(text(field(record, "eventSource")) ?? "unknown");
  return {
    event: text(field(record, "eventID")) ?? text(field(event, "id")) ?? "",
    action: `${service}:${text(field(record, "eventName")) ?? "unknown"}`,
    at: text(field(record, "eventTime")) ?? text(field(event, "time")) ?? "",
    actor: readActor(record),
    about: [],
  };
}
