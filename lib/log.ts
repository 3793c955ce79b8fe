/**
 * Structured logs: a fixed message and fields beside it. What comes from an account (names, reasons,
 * agents) is only ever a field's value, so no role's name can forge a line or a message.
 */
export interface Log {
  info(message: LogMessage, fields?: LogFields): void;
  warn(message: LogMessage, fields?: LogFields): void;
  error(message: LogMessage, fields?: LogFields): void;
}

/** The messages there are. `trace` fields hold CloudTrail event ids: one id follows a change to its alert. */
export type LogMessage =
  | "change read"
  | "event ignored"
  | "message malformed"
  | "scope judged"
  | "scope not watched"
  | "scope unseen"
  | "scope conflicted"
  | "scope failed"
  | "look scheduled"
  | "look busy"
  | "audit judged"
  | "self judged"
  | "self judged, not remembered"
  | "self not judged"
  | "roll called"
  | "alert pending"
  | "digest published"
  | "digest refused"
  | "nudge failed"
  | "flush busy"
  | "alerts held"
  | "parameter unread"
  | "slack told";

/** `message` is the logger's own: a field of that name would be dropped. */
export type LogFields = Readonly<Record<string, LogValue | undefined>> & { readonly message?: never };
export type LogValue = string | number | boolean | readonly string[];

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
