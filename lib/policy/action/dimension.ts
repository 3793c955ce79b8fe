import type { ResourceStep } from "../comparison/grants.ts";
import type { TextDimension } from "../comparison/text-groups.ts";
import { wildcard } from "../glob/glob.ts";

/** Actions: letter case does not count (lists hold them in lower case), and there are no variables. */
export const actionDimension: TextDimension<ResourceStep> = {
  parse: (text) => ({ glob: wildcard(text), guess: undefined }),
  world: serviceOf,
  withGuess: (step) => step,
};

/** `s3` of `s3:Get*`; undefined when the pattern can match actions of several services. */
export function serviceOf(action: string): string | undefined {
  const colon = action.indexOf(":");
  const service = action.slice(0, Math.max(colon, 0));
  return colon < 0 || service.includes("*") || service.includes("?") ? undefined : service;
}
