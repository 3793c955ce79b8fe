import type { ResourceStep } from "../comparison/grants.ts";
import { isWild } from "../comparison/normalise.ts";
import type { TextDimension, Wanted } from "../comparison/text-groups.ts";
import { type Glob, withinField } from "../glob/glob.ts";
import { Pattern } from "../glob/pattern.ts";
import { wildcard } from "../glob/template.ts";
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
  return [...wildcard(text.slice(0, colon)).map(withinField), ...wildcard(text.slice(colon))];
}

/** `s3` of `s3:Get*`; undefined when the pattern can match actions of several services. */
export function serviceOf(action: string): string | undefined {
  const colon = action.indexOf(":");
  const service = action.slice(0, Math.max(colon, 0));
  return colon < 0 || service.includes("*") || service.includes("?") ? undefined : service;
}

/** Tells which statements can be about the actions in question, by a quick look that errs towards yes. */
export function mayBeAbout({ worlds, concerns }: Wanted): (actions: Matcher<string>) => boolean {
  if (worlds === undefined) return () => true;
  // Most actions are of services that begin with another letter.
  const initials = new Set(["*", "?", " ", ...worlds].map(initialOf));
  return ({ not, patterns }) =>
    not ||
    patterns.some(
      (pattern) => initials.has(initialOf(pattern)) && concerns(pattern.replaceAll(" ", "").toLowerCase()),
    );
}

/** The first letter, whatever its case. */
const initialOf = (text = ""): number => text.charCodeAt(0) | 0x20;
