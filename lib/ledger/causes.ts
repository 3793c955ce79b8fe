import type { Cause } from "../change/model.ts";
import type { Result } from "../model/result.ts";
import { isDecided, isOfKind, mayBringAbout } from "./makers.ts";
import { millis } from "./time.ts";

const mostKept = 20;
const mostNamed = 40;

export interface KnownCauses {
  readonly causes: readonly Cause[];
  readonly omitted: number;
}

/** The calls known to a pass. */
export interface KnownCalls extends KnownCauses {
  /** ARNs of the policies that hang on the role of the pass: calls on them are about it. */
  readonly policies: readonly string[];
}

/** Adds recorded calls to those already known: each once, oldest first, as diverse as fits when too many. */
export function addCauses(known: KnownCauses, more: readonly Cause[], omitted = 0): KnownCauses {
  const seen = new Set(known.causes.map(identity));
  const all = [...known.causes];
  for (const cause of more) {
    if (seen.has(identity(cause))) continue;
    seen.add(identity(cause));
    all.push(cause);
  }
  all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const over = Math.max(0, all.length - mostKept);
  for (let left = over; left > 0; left--) all.splice(leastMissed(all), 1);
  return { causes: all, omitted: known.omitted + omitted + over };
}

/**
 * The oldest of whoever made most calls of the most frequent kind: the one call that matters must not be pushed out
 * by many that do not.
 */
function leastMissed(causes: readonly Cause[]): number {
  const common = mostCommon(causes.map(({ action }) => action));
  const who = mostCommon(causes.filter(({ action }) => action === common).map(({ actor }) => actor.who));
  return causes.findIndex(({ action, actor }) => action === common && actor.who === who);
}

/** The most frequent text; of several the one that comes first. */
function mostCommon(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  let most: string | undefined;
  for (const [text, count] of counts) if (count > (counts.get(most ?? "") ?? 0)) most = text;
  return most;
}

/** Duplicates share the event's id; a record without one is told by what it says. */
const identity = (cause: Cause): string =>
  cause.event === "" ? `${cause.action} ${cause.at} ${cause.actor.who}` : cause.event;

/** When the latest of the calls was made; undefined when there is none or none says. */
export function latest(causes: readonly Cause[]): string | undefined {
  let at: string | undefined;
  for (const cause of causes) {
    if (millis(cause.at) !== undefined && (at === undefined || cause.at > at)) at = cause.at;
  }
  return at;
}

/** Whether a call says that it will be made: clocks differ. */
export const isAhead = (cause: Cause, now: string): boolean => (millis(cause.at) ?? 0) > (millis(now) ?? 0);

/**
 * The calls that may explain a transition of this result: those of a kind that can bring it about where there are
 * any, else those about its resource as far as it may hang on something else; not those that an earlier telling
 * named, and one that names nobody only when no other does.
 */
export function causesOf(
  causes: readonly Cause[],
  result: Result,
  named: readonly string[],
  mayHave: (cause: Cause, result: Result) => boolean = mayBringAbout,
): readonly Cause[] {
  // AWS changes its own policies: nobody's call in the account explains that.
  if (result.control === "managed-policy") return [];
  const fresh = causes.filter((cause) => !named.includes(identity(cause)));
  const likely = result.resource.type === "rolecall" ? [] : fresh.filter((cause) => mayHave(cause, result));
  // Whoever is unknown may have done it: somebody who did something else does not stand in for them.
  const chosen = likely.length > 0 ? likely : concerning(fresh, result);
  const known = chosen.filter((cause) => cause.actor.kind !== "unknown");
  return known.length > 0 ? known : chosen;
}

/** The calls about the resource of a result, or that may be, where none is of a kind that brings it about. */
function concerning(causes: readonly Cause[], result: Result): readonly Cause[] {
  const own = result.resource.type === "rolecall";
  if (!own && !isEc2(result)) return isDecided(result) ? [] : causes;
  const id = own ? partOf(result.resource.arn) : (result.resource.arn.split("/").at(-1) ?? "");
  const direct = causes.filter((cause) => isAbout(cause, id));
  const told = isDecided(result) ? direct.filter(({ actor }) => actor.kind === "unknown") : direct;
  if (direct.length > 0) return told;
  // Two people may be at work in one region, or in an account on what is none of Rolecall's parts.
  const general = causes.filter((cause) => cause.about.length === 0 || own);
  if (general.length > 0 || result.resource.type === "instance") return general;
  // What a node needs is judged once there is one.
  return causes.filter((cause) => isOfKind(cause.action, result.control));
}

/** IAM takes a name in any letters. */
export const isAbout = ({ about }: Cause, name: string): boolean =>
  about.some((one) => one.toLowerCase() === name.toLowerCase());

/** What a part of Rolecall is called, without what is said of it behind `#`. */
export const partOf = (arn: string): string =>
  (arn.split("#")[0] ?? "").replace(/:\*$/u, "").split(/[/:]/u).at(-1) ?? "";

const isEc2 = (result: Result): boolean => result.resource.arn.split(":")[2] === "ec2";

export const nameCauses = (named: readonly string[], causes: readonly Cause[]): readonly string[] =>
  [...new Set([...named, ...causes.map(identity)])].slice(-mostNamed);
