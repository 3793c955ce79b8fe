import { anyHit, type Family, pointsAmong } from "./point.ts";

const read = (text: string): boolean | undefined => {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
};

/** AWS sets boolean keys to true or false only. */
export const bool: Family = {
  hits(test, value) {
    const actual = read(value);
    if (actual === undefined) return undefined;
    return anyHit(test.values, (text) => {
      const wanted = read(text);
      return wanted === undefined ? undefined : wanted === actual;
    });
  },
  points: (tests, surroundings) => pointsAmong(["true", "false"], tests, bool.hits, surroundings),
};
