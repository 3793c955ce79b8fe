import { openQuestions } from "../../open-questions.ts";
import { type Answer, unsure } from "../answer.ts";
import { fill, matchGlob } from "../pattern.ts";
import type { Match } from "./match.ts";

export const string: Match = (value, pattern, scope, { comparison }) => {
  if (comparison === "Like") return matchGlob(pattern, value, scope);
  const pieces = fill(pattern, scope, false);
  if (!Array.isArray(pieces)) return pieces;
  const text = pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
  return comparison === "EqualsIgnoreCase" ? isSameIgnoringCase(text, value) : text === value;
};

/** Beyond ASCII, languages differ in what letter case is: unsure where lower and upper case disagree. */
function isSameIgnoringCase(one: string, other: string): Answer {
  const lower = one.toLowerCase() === other.toLowerCase();
  const upper = one.toUpperCase() === other.toUpperCase();
  return lower === upper ? lower : unsure(openQuestions.oddLettersFold);
}
