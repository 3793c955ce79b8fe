import type { ResourceStep } from "../comparison/grants.ts";
import type { TextDimension, Wanted } from "../comparison/text-groups.ts";
import { withinField } from "../glob/glob.ts";
import { Pattern, plainPattern } from "../glob/pattern.ts";
import { wildcard } from "../glob/template.ts";
import type { Matcher } from "../model.ts";

/** `s3` of `s3:Get*`; undefined when the pattern can match actions of several services. */
export const serviceOf = (action: string): string | undefined => /^([^:*?]*):/.exec(action)?.[1];

/** Actions: letter case does not count (lists hold them in lower case), and there are no variables. */
export const actionDimension: TextDimension<ResourceStep> = {
  parse: (text) => ({ pattern: parseAction(text) }),
  world: serviceOf,
  withGuess: (step) => step,
};

/** A wildcard in the service's place stops at the colon: `*:Get*` is about names that begin with `Get`. */
function parseAction(text: string): Pattern {
  if (/^[^*?]*\*?$/.test(text)) return plainPattern(text);
  const colon = Math.max(text.indexOf(":"), 0);
  return new Pattern([...wildcard(text.slice(0, colon)).map(withinField), ...wildcard(text.slice(colon))]);
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
