import { type Bits, intersect, isEmpty, isWithin, smallest, without } from "../comparison/bits.ts";
import type { Budget } from "../comparison/budget.ts";
import type { Domain } from "./domain.ts";

/** A conjunction of conditions: for each key, which of its values satisfy all conditions on it. */
export type Conjunction = ReadonlyMap<string, Bits>;

/** For each key that matters, the number of a value in its domain. */
export type Choice = ReadonlyMap<string, number>;

/**
 * Finds values of all keys that satisfy one conjunction and none of the others, or undefined: there are
 * none. Cuts domains down as far as they are forced, and branches on the narrowest choice.
 */
export function solve(
  domains: ReadonlyMap<string, Domain>,
  sureOnly: boolean,
  wanted: readonly Conjunction[],
  unwanted: readonly Conjunction[],
  budget: Budget,
): Choice | undefined {
  const state = new Map<string, Bits>();
  for (const [key, domain] of domains) state.set(key, sureOnly ? domain.sure : domain.all);
  for (const conjunction of wanted) {
    for (const [key, satisfying] of conjunction) {
      const left = intersect(state.get(key) ?? satisfying, satisfying);
      if (isEmpty(left)) return undefined;
      state.set(key, left);
    }
  }
  const solved = refute(state, unwanted, budget);
  return solved && new Map([...solved].map(([key, left]) => [key, smallest(left)]));
}

/** Narrows the state until every conjunction fails whatever is chosen; gives it, or one that branched off. */
function refute(
  state: Map<string, Bits>,
  conjunctions: readonly Conjunction[],
  budget: Budget,
): ReadonlyMap<string, Bits> | undefined {
  let pending = conjunctions;
  for (;;) {
    const left: Conjunction[] = [];
    let narrowest: { readonly ways: Ways; readonly of: Conjunction } | undefined;
    for (const conjunction of pending) {
      budget.spend(conjunction.size + 1);
      const ways = waysToFail(state, conjunction);
      if (ways === "fails") continue;
      left.push(conjunction);
      if (narrowest === undefined || ways.length < narrowest.ways.length)
        narrowest = { ways, of: conjunction };
    }
    if (narrowest === undefined) return state;
    const { ways, of } = narrowest;
    const last = ways.pop();
    if (last === undefined) return undefined;
    pending = left.filter((conjunction) => conjunction !== of);
    for (const [key, failing] of ways) {
      budget.spend(state.size);
      const solved = refute(new Map(state).set(key, failing), pending, budget);
      if (solved !== undefined) return solved;
      // Each way excludes the ones tried before it, so that no choice is looked at twice.
      state.set(key, without(state.get(key) ?? failing, failing));
    }
    state.set(...last);
  }
}

type Ways = [key: string, failing: Bits][];

/** For each key by which the conjunction can fail: the values that make it fail. */
function waysToFail(state: ReadonlyMap<string, Bits>, conjunction: Conjunction): "fails" | Ways {
  const ways: Ways = [];
  for (const [key, satisfying] of conjunction) {
    const left = state.get(key) ?? satisfying;
    const failing = without(left, satisfying);
    if (isEmpty(failing)) continue;
    if (isWithin(left, failing)) return "fails";
    ways.push([key, failing]);
  }
  return ways;
}
