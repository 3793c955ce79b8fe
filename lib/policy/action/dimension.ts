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
export function mayBeAbout({ texts, everything, literal }: Wanted): (actions: Matcher<string>) => boolean {
  const services = everything ? undefined : worldsOf(actionDimension, texts);
  if (services === undefined) return () => true;
  // Most actions are of services that begin with another letter.
  const initials = new Set(["*", "?", " ", ...services].map(initialOf));
  const isAbout = (pattern: string): boolean => {
    if (!initials.has(initialOf(pattern))) return false;
    const text = pattern.replaceAll(" ", "").toLowerCase();
    if (literal && !isWild(text)) return texts.has(text);
    const service = serviceOf(text);
    return service === undefined || services.has(service);
  };
  return ({ not, patterns }) => not || patterns.some(isAbout);
}

/** The first letter, whatever its case. */
const initialOf = (text: string): number => text.charCodeAt(0) | 0x20;
