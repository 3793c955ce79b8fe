import { unsure } from "../answer.ts";
import type { Match } from "./match.ts";

export const bool: Match = (value, pattern) => {
  const wanted = parseBool(pattern);
  const actual = parseBool(value);
  if (wanted === undefined) return unsure("a Bool condition whose value is neither true nor false");
  if (actual === undefined) return unsure("a boolean key whose value is neither true nor false");
  return wanted === actual;
};

export function parseBool(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
}
