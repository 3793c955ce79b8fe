import { describe, expect, it } from "vitest";
import { hostilePairs } from "../../bench/hostile.ts";
import { policySet } from "../../bench/policy-sets.ts";
import { loadActions } from "../../lib/policy/actions/load-actions.ts";
import { compare } from "../../lib/policy/compare.ts";
import { explain } from "../../lib/policy/explain.ts";

const actions = await loadActions();

describe("documents at the size limits of AWS, built to hurt", () => {
  it.each(hostilePairs)("are compared and explained in steps that are bounded: $name", (pair) => {
    const [first, second] = [policySet("identity", pair.first), policySet("identity", pair.second)];
    const comparison = compare(first, second, { actions });
    const told = explain(comparison, first, second, actions);
    for (const [side, exceeds] of [
      ["first", comparison.firstExceeds],
      ["second", comparison.secondExceeds],
    ] as const) {
      expect(told.some((one) => one.side === side)).toBe(exceeds.verdict === "proven");
      if (exceeds.verdict === "undecided") expect(exceeds.reason).not.toBe("");
    }
  });
});
