import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bits, bitsOf } from "../../../lib/policy/comparison/bits.ts";
import { Budget } from "../../../lib/policy/comparison/budget.ts";
import type { Domain } from "../../../lib/policy/condition/domain.ts";
import { type Conjunction, solve } from "../../../lib/policy/condition/solve.ts";

const keys = ["k", "l", "m"];
const size = 3;
const all = bitsOf(size, () => true);
const domain: Domain = {
  values: ["0", "1", "2"],
  truth: new Map(),
  all,
  sure: all,
  doubts: [undefined, undefined, undefined],
};
const domains = new Map(keys.map((key) => [key, domain]));

const bits: fc.Arbitrary<Bits> = fc
  .integer({ min: 0, max: 7 })
  .map((number) => bitsOf(size, (i) => ((number >> i) & 1) === 1));
const conjunction: fc.Arbitrary<Conjunction> = fc
  .dictionary(fc.constantFrom(...keys), bits)
  .map((entries) => new Map(Object.entries(entries)));

const has = (set: Bits, index: number): boolean => (((set[0] ?? 0) >> index) & 1) === 1;

/** Does a choice of one value per key satisfy the conjunction? */
const satisfies = (choice: ReadonlyMap<string, number>, one: Conjunction): boolean =>
  [...one].every(([key, set]) => has(set, choice.get(key) ?? 0));

const choices = Array.from(
  { length: size ** keys.length },
  (_, n) => new Map(keys.map((key, i) => [key, Math.floor(n / size ** i) % size])),
);

describe("solving conditions", () => {
  it("finds values if and only if there are some", () => {
    fc.assert(
      fc.property(
        fc.array(conjunction, { maxLength: 2 }),
        fc.array(conjunction, { maxLength: 6 }),
        (wanted, unwanted) => {
          const good = (choice: ReadonlyMap<string, number>): boolean =>
            wanted.every((one) => satisfies(choice, one)) && !unwanted.some((one) => satisfies(choice, one));
          const found = solve(domains, false, wanted, unwanted, new Budget());
          expect(found === undefined ? !choices.some(good) : good(found)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("takes no value that was guessed when it must be sure", () => {
    const unsure = new Map([["k", { ...domain, sure: bitsOf(size, (i) => i === 0) }]]);
    const wanted = [new Map([["k", bitsOf(size, (i) => i > 0)]])];
    expect(solve(unsure, true, wanted, [], new Budget())).toBeUndefined();
    expect(solve(unsure, false, wanted, [], new Budget())).toEqual(new Map([["k", 1]]));
  });
});
