import { type Answer, unsure } from "../answer.ts";
import { matchGlob, matchText } from "../pattern.ts";
import type { Match } from "./match.ts";

export const stringEquals: Match = (value, pattern, scope) =>
  matchText(pattern, value, scope, (one, other) => one === other);

export const stringLike: Match = (value, pattern, scope) => matchGlob(pattern, value, scope);

export const stringEqualsIgnoreCase: Match = (value, pattern, scope) =>
  matchText(pattern, value, scope, sameIgnoringCase);

/** Beyond ASCII, languages differ in what letter case is: unsure where lower and upper case disagree. */
function sameIgnoringCase(one: string, other: string): Answer {
  const lower = one.toLowerCase() === other.toLowerCase();
  const upper = one.toUpperCase() === other.toUpperCase();
  return lower === upper ? lower : unsure("letter case beyond ASCII");
}
