import { type Family, parsedReader, pointsAmong } from "./point.ts";

const read = (text: string): boolean | undefined => {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
};

/** AWS sets boolean keys to true or false only. */
export const bool: Family = {
  reader: ({ values }) => parsedReader(values, read, (actual, wanted) => actual === wanted),
  points: (tests, surroundings) => pointsAmong(["true", "false"], tests, bool, surroundings),
};
