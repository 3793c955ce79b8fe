import type { ResourceStep } from "../comparison/grants.ts";
import { isWild } from "../comparison/normalise.ts";
import { type TextDimension, type Wanted, worldsOf } from "../comparison/text-groups.ts";
import { type Glob, wildcard } from "../glob/glob.ts";
import { Pattern } from "../glob/pattern.ts";
import type { Matcher } from "../model.ts";

/** Actions: letter case does not count (lists hold them in lower case), and there are no variables. */
export const actionDimension: TextDimension<ResourceStep> = {
  parse: (text) => ({ pattern: parseAction(text), guess: undefined }),
  world: serviceOf,
  withGuess: (step) => step,
};

function parseAction(text: string): Pattern {
  if (!isWild(text)) return new Pattern(text);
  const start = text.slice(0, -1);
  return text.endsWith("*") && !isWild(start) ? new Pattern(start, true) : new Pattern(actionGlob(text));
}

/** A wildcard in the service's place stops at the colon: `*:Get*` is about names that begin with `Get`. */
function actionGlob(text: string): Glob {
  const colon = text.indexOf(":");
  if (colon < 0 || serviceOf(text) !== undefined) return wildcard(text);
  return [...wildcard(text.slice(0, colon), true), ...wildcard(text.slice(colon))];
}

/** `s3` of `s3:Get*`; undefined when the pattern can match actions of several services. */
export function serviceOf(action: string): string | undefined {
  const colon = action.indexOf(":");
  const service = action.slice(0, Math.max(colon, 0));
  return colon < 0 || service.includes("*") || service.includes("?") ? undefined : service;
}

/** Tells which statements can be about the actions in question, by a quick look that errs towards yes. */
export function mayBeAbout(wanted: Wanted): (actions: Matcher<string>) => boolean {
  const services = wanted.everything ? undefined : worldsOf(actionDimension, wanted.texts);
  if (services === undefined) return () => true;
  const starts = [...services].map((service) => `\n${service}:`);
  return ({ not, patterns }) => {
    if (not) return true;
    const lower = `\n${patterns.join("\n").toLowerCase()}`;
    const open = lower.includes("*") || lower.includes("?");
    if (!open && wanted.literal) return lower.split("\n").some((action) => wanted.texts.has(action));
    return starts.some((start) => lower.includes(start)) || (open && /\n[^:\n]*[*?]/.test(lower));
  };
}
