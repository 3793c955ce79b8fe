import { isSame, matchParsed } from "./match.ts";

export function parseBool(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
}

export const bool = matchParsed(
  parseBool,
  isSame,
  "a Bool condition whose value is neither true nor false",
  "a boolean key whose value is neither true nor false",
);
