import type { Cause } from "../change/model.ts";
import type { Result } from "../model/result.ts";
import { isAbout, type KnownCalls, partOf } from "./causes.ts";
import { isOfKind } from "./makers.ts";
import type { Span } from "./model.ts";
import { millis } from "./time.ts";

/** The calls that brought about what was found, as far as that can be told. */
export const makersOf = (known: KnownCalls, result: Result, span: Span): readonly Cause[] =>
  known.causes.filter((call) => within(call, span) && explains(call, result, known.policies));

/** Calls after which a part of Rolecall is not there. */
const removal =
  /:(?:Unsubscribe|Delete(?:Alarms|EventSourceMapping|Function|LogGroup|Queue|Role|Rule|Schedule|Table|Topic|Trail))$/u;

/** Whether a call is of the kind, and about the part, that makes it the maker of what was found there. */
function explainsPart(cause: Cause, { control, resource, actual }: Result): boolean {
  const { action } = cause;
  // It is about no part: that no trail logs.
  if (control === "self-trail") return action.startsWith("cloudtrail:");
  if (!control.startsWith("self-") || !isAbout(cause, partOf(resource.arn))) return false;
  if (actual === null) return removal.test(action);
  // Known by its topic, of which other calls speak too.
  if (control === "self-subscription") return action === "sns:SetSubscriptionAttributes";
  return !removal.test(action);
}

/**
 * Whether a call is known to be of the kind, about the thing and of somebody that makes it the maker of what was
 * found. Stricter than what may explain it: it is asked of calls that come when all has been told already, and a
 * person who did something else at that time must not be named for this. `policies`: ARNs of what hangs on a role.
 */
export function explains(cause: Cause, result: Result, policies: readonly string[]): boolean {
  if (cause.actor.kind === "unknown") return false;
  const { control, resource } = result;
  if (resource.type === "rolecall") return explainsPart(cause, result);
  const names = [resource.arn.split("/").at(-1) ?? "", ...policies];
  return isOfKind(cause.action, control) && names.some((name) => isAbout(cause, name));
}

/** Whether a call was made while something came about. One that does not say when was not. */
function within(cause: Cause, { after, until }: Span): boolean {
  const at = millis(cause.at);
  return at !== undefined && at > (millis(after) ?? at) && at <= (millis(until) ?? 0);
}
