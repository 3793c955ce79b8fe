import type { Actor, Cause } from "../change/model.ts";
import { withoutSecrets } from "../model/redact.ts";
import type { Difference } from "../model/result.ts";
import { changedLines } from "../report/changed-lines.ts";
import { resourceName } from "../report/resource-name.ts";
import type { Alert, AlertTransition, Digest } from "./alert.ts";
import { compactJson } from "./compact-json.ts";
import { plain } from "./plain.ts";

const states: Readonly<Record<AlertTransition, string>> = {
  opened: "opened",
  changed: "changed",
  resolved: "resolved",
  "no-longer-watched": "no longer watched",
  suppressed: "suppressed",
  "suppression-expiring": "suppression ends soon",
  "suppression-ended": "suppression over",
  flapping: "flapping",
  reminder: "still open",
};
export const stateWord = (transition: AlertTransition): string => states[transition];

/** The state of one alert: whoever reads `changed` looks for what is new. */
export const stateOf = ({ transition, explains }: Alert): string =>
  explains === undefined ? stateWord(transition) : "as told, now known who";

/** The line a person reads on a lock screen: how bad, which resource, what happened to it. */
export function headline(alert: Alert, limit = 160): string {
  const { result } = alert;
  const name = plain(resourceName(result.resource), 80);
  const seen = result.control.startsWith("self-")
    ? `Rolecall itself: ${firstSentence(textOf(alert))}`
    : inShort(textOf(alert), name);
  return plain(`${opener(alert)}: ${seen}`.replaceAll("`", ""), limit);
}

/** What a resolution brought about is the desired state; all else is told by what was seen. */
const textOf = ({ transition, result }: Alert): string =>
  transition === "resolved" ? result.title : result.detail;

function opener(alert: Alert): string {
  const { transition, result, suppression, flips, closedAt, openedAt, explains } = alert;
  const severity = result.severity.toUpperCase();
  const undecided = result.verdict === "undecided" ? ", undecided" : "";
  const since = closedAt === undefined ? "" : ", resolved since";
  switch (transition) {
    case "resolved":
      return flips === undefined
        ? `Resolved after ${lasted(openedAt, closedAt ?? alert.at)}`
        : "Resolved, no longer flapping";
    case "no-longer-watched":
      return "No longer watched";
    case "suppressed":
      return `Suppressed until ${suppression?.until ?? "a day"}`;
    case "suppression-expiring":
      return `Suppression ends ${suppression?.until ?? "soon"}`;
    case "suppression-ended":
      return `${severity}${undecided}, suppression over`;
    case "flapping":
      return `${severity}${undecided}, flapping (${flips ?? 0} changes in a day)${closedAt === undefined ? "" : ", resolved for now"}`;
    case "reminder":
      return `${severity}${undecided}, still open after ${lasted(openedAt, alert.at)}`;
    case "opened":
      return `${severity}${undecided}${since}${flips === undefined ? "" : ", no longer flapping"}`;
    case "changed":
      return `${severity}${undecided}, ${explains === undefined ? "changed" : "now known who"}${since}`;
    default:
      return transition satisfies never;
  }
}

const aside = / \([^()]{30,}\)/gu;

/**
 * What was seen, short enough for a lock screen: the first sentence without its asides (how a thing was
 * inferred, a list of groups), with the name before it once.
 */
function inShort(detail: string, name: string): string {
  const sentence = firstSentence(detail.replace(aside, ""));
  if (sentence.startsWith("The role ")) return `${name} ${sentence.slice("The role ".length)}`;
  return sentence.includes(name) ? sentence : `${name}: ${sentence}`;
}

/** Whether the headline leaves nothing of the detail out. */
export function headlineSaysAll(alert: Alert, limit: number): boolean {
  const { detail } = alert.result;
  const whole = detail.trim().replace(/[.!?]$/u, "");
  if (alert.transition === "resolved" || detail.replace(aside, "") !== detail) return false;
  return firstSentence(detail) === whole && headline(alert, limit + 1) === headline(alert, limit);
}

/** Up to the first full stop that ends a sentence; ARNs and numbers hold dots of their own. */
export function firstSentence(text: string): string {
  const end = /[.!?](?=\s+[A-Z0-9`“]|\s*$)/u.exec(text);
  return end === null ? text.trim() : text.slice(0, end.index).trim();
}

/** Platforms' words begin small, and end without a stop, where a report puts them after its own. */
export function asSentence(text: string, limit: number): string {
  const said = plain(text, limit);
  const whole = said.charAt(0).toUpperCase() + said.slice(1);
  return /[.!?…”]$/u.test(whole) ? whole : `${whole}.`;
}

/** `2026-11-22 17:03:12 UTC` from ISO 8601; what is no time stays as it is, made plain. */
export function when(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return plain(iso, 40);
  return `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** How long from one time to another in its two greatest units: `3 h 12 min`, `2 d 4 h`, `40 s`. */
export function lasted(fromIso: string, toIso: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(toIso) - Date.parse(fromIso)) / 1000));
  if (Number.isNaN(seconds)) return "an unknown time";
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return `${minutes} min`;
  return `${seconds} s`;
}

/** Who, for whom, through what: an ARN; AWS by name where it acts for itself; plainly unknown when nobody is named. */
function whoWords({ kind, who, as, via }: Actor): string {
  const through = via === undefined || via === who ? "" : ` through ${plain(via, 200)}`;
  const standing = as === undefined ? "" : ` (on behalf of ${plain(as, 100)})`;
  return `${named(kind, plain(who, 200))}${standing}${through}`;
}

function named(kind: Actor["kind"], who: string): string {
  const account = /^\d{12}$/u.test(who);
  switch (kind) {
    case "unknown":
      return who === "unknown"
        ? "unknown (the record names nobody)"
        : `unknown (the record says only ${who})`;
    case "service":
      return `AWS itself (${who})`;
    case "root":
      return account ? `the root user of account ${who}` : who;
    case "account":
      return account ? `somebody in account ${who}` : who;
    case "user":
    case "role":
      return who;
    default:
      return kind satisfies never;
  }
}

/** `arn:…:user/eve called iam:PutRolePolicy on 2026-11-22 17:03:12 UTC, from 203.0.113.7 with aws-cli/2.15`. */
export function causeWords({ actor, action, at }: Cause): string {
  const from = actor.from === undefined ? "" : ` from ${plain(actor.from, 100)}`;
  const using = actor.with === undefined ? "" : ` with ${plain(actor.with, 120)}`;
  const means = from + using === "" ? "" : `,${from}${using}`;
  return `${whoWords(actor)} called ${plain(action, 80)} on ${when(at)}${means}`;
}

const mostCauses = 4;

/**
 * Who did it, a line for each recorded call; plainly unknown when none explains it, and AWS where only AWS
 * can have. Empty where nobody's call brings it about: time has passed, or the configuration was edited.
 */
export function whoLines(alert: Alert): readonly string[] {
  if (!hasCause.has(alert.transition) || alert.result.control === "suppression-current") return [];
  if (alert.result.control === "managed-policy") return ["AWS, whose policy it is; nobody in this account"];
  // It came to rest: those who made it come and go were named then.
  if (alert.causes.length === 0 && alert.flips !== undefined && alert.transition !== "flapping") return [];
  if (alert.causes.length === 0) return ["unknown (no recorded call explains it)"];
  // The latest are the likeliest.
  const lines = alert.causes.slice(-mostCauses).map(causeWords);
  const more = alert.causes.length - lines.length + alert.causesOmitted;
  return more > 0 ? [...lines, `and ${more} earlier ${more === 1 ? "call" : "calls"}`] : lines;
}

/** The causes of what is told after it was over are those of its beginning. */
export const whoTitle = (alert: Alert): string =>
  !isOpen(alert) && (alert.transition === "resolved" || alert.transition === "flapping")
    ? "Who ended it"
    : "Who";

const hasCause: ReadonlySet<AlertTransition> = new Set(["opened", "changed", "resolved", "flapping"]);

/** Why something is told that no call brought about. */
export function occasion({ transition, suppression, flips, explains }: Alert): string | undefined {
  const accepted =
    suppression === undefined
      ? undefined
      : `${plain(suppression.owner, 100)} until ${plain(suppression.until, 20)}: ${plain(suppression.reason, 300)}`;
  switch (transition) {
    case "no-longer-watched":
      return "The configuration no longer asks for it. Whether it still stands is not looked at.";
    case "suppressed":
      return `Accepted by ${accepted ?? "somebody"}`;
    case "suppression-expiring":
      return `After that day it is told again as any other. Accepted by ${accepted ?? "somebody"}`;
    case "suppression-ended":
      return `It was accepted by ${accepted ?? "somebody"}`;
    case "changed":
      if (explains !== undefined)
        return "It is as told before. Only now has the call come that may explain it.";
      return accepted === undefined
        ? undefined
        : `The suppression no longer holds, since the content is new. It was accepted by ${accepted}`;
    case "flapping":
      return "It keeps coming and going, or back and forth. It is told again when that stops, or when its content is new.";
    case "opened":
    case "resolved":
      return flips === undefined
        ? undefined
        : `After ${flips} changes within a day it has stayed as it is now.`;
    case "reminder":
      return undefined;
    default:
      return transition satisfies never;
  }
}

/** Since when; how long, once it is over. */
export function sinceWords({ transition, openedAt, closedAt }: Alert): string {
  if (closedAt === undefined) return `Since: ${when(openedAt)}`;
  const how = transition === "no-longer-watched" ? "Was watched as open" : "Was open";
  return `${how} for ${lasted(openedAt, closedAt)}, from ${when(openedAt)} to ${when(closedAt)}`;
}

/** A difference in words: its witness spelled out. `own`: the ARN of the resource that the alert is about. */
export function differenceWords(difference: Difference, own: string): string {
  const future = difference.latent ? " (an action that AWS may add one day; none of today shows it)" : "";
  const { principal, action, resource, context } = difference.witness;
  const who =
    principal === undefined
      ? ""
      : `${plain(typeof principal === "string" ? principal : Object.values(principal).join(), 200)} calling `;
  const conditions = Object.entries(context).map(([key, value]) => {
    const values = [value].flat().join(" and ");
    return `${key} is ${values === "" ? "empty" : values}`;
  });
  const under = conditions.length === 0 ? "" : `, when ${plain(conditions.join(" and "), 300)}`;
  const what = resource === own ? "the role" : resource === "*" ? "any resource" : plain(resource, 200);
  return `${who}${plain(action, 100)} on ${what}${under}${future}`;
}

/** What a request of each direction says: now, or while it was open. */
export function differenceTitle(direction: Difference["direction"], alert: Alert): string {
  if (!isOpen(alert))
    return direction === "excess" ? "It allowed, for example" : "It did not allow, for example";
  // Without a call nobody knows that it was ever otherwise.
  const now = alert.causes.length > 0;
  if (direction === "excess") return now ? "It now allows, for example" : "It allows, for example";
  return now ? "It no longer allows, for example" : "It does not allow, for example";
}

/** `limit` in characters, `width` that of a line. */
export interface Room {
  readonly limit: number;
  readonly width: number;
}

/** An expectation or a sight as text: JSON as short as it reads well, unless it is text already. */
export function shown(value: unknown, { limit, width }: Room): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return "nothing";
  const text = typeof value === "string" ? value : compactJson(value, width);
  const lines = text
    .split("\n")
    .map((line) => plain(line, 400))
    .join("\n");
  if (lines.length <= limit) return lines;
  const end = lines.lastIndexOf("\n", limit);
  // At a line's end, or between two characters.
  const kept = lines.slice(0, end > limit / 2 ? end : limit).replace(/[\ud800-\udbff]$/u, "");
  return `${kept}\n… (${lines.length} characters in all; the audit's report has it whole)`;
}

/** Whether only the statements that differ are shown, not whole documents. */
export const showsDifferingStatements = (expected: unknown, actual: unknown): boolean =>
  [expected, actual].some((side) => Array.isArray(side) && side.some((one) => isStatement(one)));
const isStatement = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.hasOwn(value, "Effect");

/** What a change changed in what was seen: a line for each difference, `-` before and `+` now. */
export function changeLines({ before, result }: Alert, limit: number): readonly string[] {
  if (before === undefined) return [];
  return changedLines(before.actual, result.actual, limit).map((line) => plain(line, 300));
}

/**
 * A command as it may be pasted, or undefined where the message would alter it (too long, holds a mark
 * that the format or a screen does not carry): an altered command does something else.
 */
export function pasteable(command: string, limit: number, forbidden = ""): string | undefined {
  if (command.length > limit || /[^\P{C}\n]/u.test(command)) return undefined;
  if (withoutSecrets(command) !== command) return undefined;
  return forbidden !== "" && command.includes(forbidden) ? undefined : command;
}
export const elsewhere = "the command cannot be shown here unaltered: the audit's report has it";

/** The line before all else; that of a test says so first, so that nobody gets up for it. */
export function leadOf(digest: Digest, first: Alert | undefined): string {
  const line = first === undefined ? `Rolecall: ${digest.counts.total} alerts` : headline(first);
  return digest.kind === "test" ? `TEST: ${line}` : line;
}

/** Whether the finding still stands, as far as the alert knows. */
export const isOpen = ({ transition, closedAt }: Alert): boolean =>
  closedAt === undefined && transition !== "resolved" && transition !== "no-longer-watched";
