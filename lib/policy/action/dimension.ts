import type { ResourceStep } from "../comparison/grants.ts";
import type { TextDimension } from "../comparison/text-groups.ts";
import { type Glob, wildcard } from "../glob/glob.ts";

/** Actions: letter case does not count (lists hold them in lower case), and there are no variables. */
export const actionDimension: TextDimension<ResourceStep> = {
  parse: (text) => ({ glob: actionGlob(text), guess: undefined }),
  world: serviceOf,
  withGuess: (step) => step,
};

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
