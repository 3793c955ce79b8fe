import type { Budget } from "../comparison/budget.ts";
import type { Asked } from "../comparison/reading.ts";
import type { Assignment } from "../glob/template.ts";
import type { Operator } from "../model.ts";

/** A condition, as far as a single value of its key is concerned. */
export interface ValueTest {
  readonly operator: Operator;
  readonly values: readonly string[];
  readonly variables: boolean;
}

/** One value that stands for all which the tests cannot tell from it. */
export interface Point {
  readonly value: string;
  /** For each test: does one of its values match? (Before a negation.) */
  readonly hits: readonly boolean[];
  /** Why it was guessed whether a value of some test matches; undefined when that is sure. */
  readonly doubt: string | undefined;
}

/** What an operator family needs to know besides its tests. */
export interface Surroundings {
  readonly asked: Asked;
  readonly assignment: Assignment | undefined;
  readonly budget: Budget;
  /** Likely values of the key. */
  readonly fresh: readonly string[];
}

/** Operators that compare values in the same way: as texts, numbers, dates, addresses … */
export type Family = (tests: readonly ValueTest[], surroundings: Surroundings) => PointsOf;

/** Points for all values of a key, no two with the same hits; or for one value only. */
export type PointsOf = (only: string | undefined) => readonly Point[];

/** Keeps one thing for each list of answers: a sure one before a guess, else the first. Says whether it took this. */
export function keepSurest<T extends { readonly doubt: string | undefined }>(
  kept: Map<string, T>,
  answers: readonly boolean[],
  one: T,
): boolean {
  let key = "";
  for (const answer of answers) key += answer ? "1" : "0";
  const known = kept.get(key);
  if (known !== undefined && (known.doubt === undefined || one.doubt !== undefined)) return false;
  kept.set(key, one);
  return true;
}

/**
 * Keeps one point for each combination of hits. The empty text stands for no other: a list cannot be relied
 * on to hold it.
 */
export class PointTable {
  readonly #points = new Map<string, Point>();

  add(value: string, hits: readonly boolean[], doubt?: string): void {
    keepSurest(this.#points, [value === "", ...hits], { value, hits, doubt });
  }

  /** A value for which some tests are not sure: every way in which they may come out. */
  addGuesses(value: string, hits: readonly (boolean | undefined)[], budget: Budget): void {
    const open = hits.flatMap((hit, index) => (hit === undefined ? [index] : []));
    for (const right of choicesOf(open, budget)) {
      this.add(
        value,
        hits.map((hit, index) => hit ?? right.includes(index)),
        open.length === 0 ? undefined : unreadDoubt,
      );
    }
  }

  /** Every combination of hits of so many tests has a point that is sure. */
  isWhole(tests: number): boolean {
    return this.#points.size === 2 ** tests && this.list().every(({ doubt }) => doubt === undefined);
  }

  list(): readonly Point[] {
    return [...this.#points.values()];
  }
}

/** Some of these, in every way. */
export function* choicesOf<T>(things: readonly T[], budget: Budget): Iterable<readonly T[]> {
  budget.spend(2 ** Math.min(things.length, 40));
  for (let choice = 0; choice < 2 ** things.length; choice++)
    yield things.filter((_, i) => ((choice >> i) & 1) === 1);
}

export const unreadDoubt = "it hangs on a value that its operator cannot read";
