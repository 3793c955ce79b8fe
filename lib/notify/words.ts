import type { Actor, Cause } from "../change/model.ts";
import type { Difference, Resource } from "../model/result.ts";
import type { Alert, AlertTransition, Digest } from "./alert.ts";
import { plain } from "./plain.ts";

/** What people call the resource: the last segment of its ARN. */
export function resourceName(resource: Resource): string {
  const tail = resource.arn.slice(resource.arn.lastIndexOf(":") + 1);
  return plain(tail.slice(tail.lastIndexOf("/") + 1) || resource.arn, 80);
}

const verbs: Readonly<Record<AlertTransition, string>> = {
  opened: "opened",
  changed: "changed",
  resolved: "resolved",
  "no-longer-watched": "no longer watched",
  suppressed: "suppressed",
  "suppression-expiring": "suppression expires soon",
  "suppression-ended": "suppression ended",
  flapping: "flapping",
  reminder: "still open",
};
export const transitionWord = (transition: AlertTransition): string => verbs[transition];

/** The line a person reads on a lock screen: how bad, which resource, what happened to it. */
export function headline(alert: Alert, limit = 160): string {
  const { result } = alert;
  const name = resourceName(result.resource);
  const seen = inShort(result.detail, name);
  switch (alert.transition) {
    case "resolved":
      return plain(`Resolved: ${name}: ${lowerFirst(result.title)} again`, limit);
    case "no-longer-watched":
      return plain(`No longer watched: ${name}: ${result.title}`, limit);
    case "suppressed":
      return plain(`Suppressed: ${seen}`, limit);
    case "suppression-expiring":
      return plain(`Suppression ends ${alert.suppression?.until ?? "soon"}: ${seen}`, limit);
    case "suppression-ended":
      return plain(`${result.severity.toUpperCase()}, suppression over: ${seen}`, limit);
    case "flapping":
      return plain(
        `${result.severity.toUpperCase()}, flapping (${alert.flips ?? 0} times in a day): ${seen}`,
        limit,
      );
    case "reminder":
      return plain(`${result.severity.toUpperCase()}, still open: ${seen}`, limit);
    case "opened":
    case "changed": {
      const undecided = result.verdict === "undecided" ? ", undecided" : "";
      const changed = alert.transition === "changed" ? ", changed" : "";
      return plain(`${result.severity.toUpperCase()}${undecided}${changed}: ${seen}`, limit);
    }
    default:
      return alert.transition satisfies never;
  }
}

/**
 * What was seen, short enough for a lock screen: the first sentence without its asides (how a thing was
 * inferred, a list of groups), with the name before it once.
 */
function inShort(detail: string, name: string): string {
  const sentence = firstSentence(detail.replace(/ \([^()]{30,}\)/gu, ""));
  return sentence.startsWith(name) ? sentence : `${name}: ${sentence}`;
}

/** Up to the first full stop that ends a sentence; ARNs and numbers hold dots of their own. */
export function firstSentence(text: string): string {
  const end = /[.!?](?=\s+[A-Z]|\s*$)/u.exec(text);
  return end === null ? text.trim() : text.slice(0, end.index).trim();
}

const lowerFirst = (text: string): string => {
  const sentence = firstSentence(text);
  // An acronym or a name at the start keeps its capital.
  return /^[A-Z][a-z]*\s/u.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
};

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

/** Who, through what, from where, with what: `arn:…:user/eve from 203.0.113.7 with aws-cli/2.15`. */
export function actorWords(actor: Actor): string {
  const via = actor.via === undefined ? "" : ` through ${plain(actor.via, 100)}`;
  const from = actor.from === undefined ? "" : ` from ${plain(actor.from, 100)}`;
  const using = actor.with === undefined ? "" : ` with ${plain(actor.with, 120)}`;
  const who = actor.kind === "unknown" ? "unknown (the record names nobody)" : plain(actor.who, 200);
  return `${who}${via}${from}${using}`;
}

export const causeWords = (cause: Cause): string =>
  `${actorWords(cause.actor)}: ${plain(cause.action, 80)} at ${when(cause.at)}`;

/** Who did it, a line for each recorded call; plainly unknown when none explains it. */
export function causeLines(alert: Alert): readonly string[] {
  if (alert.causes.length === 0) return ["unknown: no recorded call explains it"];
  const lines = alert.causes.map(causeWords);
  return alert.causesOmitted > 0 ? [...lines, `and ${alert.causesOmitted} more calls`] : lines;
}

/** A difference in words: its witness spelled out. */
export function differenceWords(difference: Difference): string {
  const future = difference.latent ? " (only an action that AWS may add one day)" : "";
  const { witness } = difference;
  const principal =
    witness.principal === undefined
      ? ""
      : ` by ${plain(typeof witness.principal === "string" ? witness.principal : JSON.stringify(witness.principal), 200)}`;
  const context = Object.entries(witness.context).map(
    ([key, value]) => `${key} = ${[value].flat().join(", ") || "(empty)"}`,
  );
  const under = context.length === 0 ? "" : ` when ${plain(context.join(" and "), 300)}`;
  return `${plain(witness.action, 100)} on ${plain(witness.resource, 200)}${principal}${under}${future}`;
}

/** An expectation or a sight as text: JSON of several lines unless it is text already. */
export function shown(value: unknown, limit: number): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
    return "(nothing)";
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const lines = text
    .split("\n")
    .map((line) => plain(line, 400))
    .join("\n");
  if (lines.length <= limit) return lines;
  const kept = lines.slice(0, limit);
  return `${kept.slice(0, Math.max(kept.lastIndexOf("\n"), limit / 2))}\n… (${lines.length} characters in all)`;
}

/**
 * A command as it may be pasted, or undefined where the message would alter it (too long, holds a mark
 * that the format or a screen does not carry): an altered command does something else.
 */
export function pasteable(command: string, limit: number, forbidden = ""): string | undefined {
  if (command.length > limit || /[^\P{C}\n]/u.test(command)) return undefined;
  return forbidden !== "" && command.includes(forbidden) ? undefined : command;
}
export const elsewhere = "the command does not fit here: the audit's report has it";

/** The line before all else; that of a test says so first, so that nobody gets up for it. */
export function leadOf(digest: Digest, first: Alert | undefined): string {
  const line = first === undefined ? `Rolecall: ${digest.counts.total} alerts` : headline(first);
  return digest.kind === "test" ? `TEST: ${line}` : line;
}

/** Whether the finding still stands after the alert. */
export const isOpen = (alert: Alert): boolean =>
  alert.transition !== "resolved" && alert.transition !== "no-longer-watched";
