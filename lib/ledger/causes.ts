import type { Cause } from "../change/model.ts";
import type { Result } from "../model/result.ts";
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

/** Adds recorded calls to those already known: each once, oldest first, the latest kept when too many. */
export function addCauses(known: KnownCauses, more: readonly Cause[]): KnownCauses {
  const seen = new Set(known.causes.map(identity));
  const all = [...known.causes];
  for (const cause of more) {
    if (seen.has(identity(cause))) continue;
    seen.add(identity(cause));
    all.push(cause);
  }
  all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const over = Math.max(0, all.length - mostKept);
  return { causes: all.slice(over), omitted: known.omitted + over };
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

/**
 * The calls that may explain a transition of this result: those about its resource when any is, not
 * those that an earlier telling named, and one that names nobody only when no other does.
 */
export function causesOf(
  causes: readonly Cause[],
  result: Result,
  named: readonly string[],
): readonly Cause[] {
  // AWS changes its own policies: nobody's call in the account explains that.
  if (result.control === "managed-policy") return [];
  const fresh = causes.filter((cause) => !named.includes(identity(cause)));
  const own = result.resource.type === "rolecall";
  const id = own ? partOf(result.resource.arn) : (result.resource.arn.split("/").at(-1) ?? "");
  const direct = fresh.filter((cause) => cause.about.includes(id));
  // In a region two people may be at work on different instances, and in an account on what is none of
  // Rolecall's parts; a role's causes are its own.
  const general = fresh.filter((cause) => cause.about.length === 0 || !isEc2(result));
  const chosen = direct.length > 0 && (own || isEc2(result)) ? direct : general.length > 0 ? general : fresh;
  const known = chosen.filter((cause) => cause.actor.kind !== "unknown");
  return known.length > 0 ? known : chosen;
}

/** What a part of Rolecall is called, without what is said of it behind `#`. */
export const partOf = (arn: string): string =>
  (arn.split("#")[0] ?? "").replace(/:\*$/u, "").split(/[/:]/u).at(-1) ?? "";

const isEc2 = (result: Result): boolean => result.resource.arn.split(":")[2] === "ec2";

export const nameCauses = (named: readonly string[], causes: readonly Cause[]): readonly string[] =>
  [...new Set([...named, ...causes.map(identity)])].slice(-mostNamed);
