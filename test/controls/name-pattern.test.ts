import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesPattern } from "../../lib/controls/name-pattern.ts";

/** The same by a regular expression: simple, and slow on hostile patterns. */
const model = (pattern: string, text: string): boolean => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\/-]/g, "\\$&")
    .replaceAll("*", "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${source}$`).test(text);
};

describe("a pattern of names", () => {
  test("matches what the model says", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", ".", "-"), maxLength: 8 });
    const plain = fc.string({ unit: fc.constantFrom("a", "b", ".", "-"), maxLength: 8 });
    fc.assert(
      fc.property(letters, plain, (pattern, text) => {
        expect(matchesPattern(pattern, text)).toBe(model(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  test("of many stars is not slow", () => {
    expect(matchesPattern(`${"a*".repeat(200)}b`, "a".repeat(20_000))).toBe(false);
  });
});
