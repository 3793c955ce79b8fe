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
  /** False: whether a value of some test matches was guessed. */
  readonly sure: boolean;
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
export interface Family {
  /** Points for all values of a key; no two with the same hits. */
  points(tests: readonly ValueTest[], surroundings: Surroundings): readonly Point[];
  /** Whether one of a test's values matches; undefined when that is not sure. */
  hits(test: ValueTest, value: string, surroundings: Surroundings): boolean | undefined;
}

/** Keeps one point for each combination of hits: a sure one before a guess, else the first. */
export class PointTable {
  readonly #points = new Map<string, Point>();

  add(value: string, hits: readonly boolean[], sure = true): void {
    const key = hits.map(Number).join("");
    const known = this.#points.get(key);
    if (known === undefined || (sure && !known.sure)) this.#points.set(key, { value, hits, sure });
  }

  /** A value for which some tests are not sure: every way in which they may come out. */
  addGuesses(value: string, hits: readonly (boolean | undefined)[], budget: Budget): void {
    const open = hits.flatMap((hit, index) => (hit === undefined ? [index] : []));
    budget.spend(2 ** Math.min(open.length, 40));
    for (let guess = 0; guess < 2 ** open.length; guess++) {
      const all = hits.map((hit, index) => hit ?? ((guess >> open.indexOf(index)) & 1) === 1);
      this.add(value, all, open.length === 0);
    }
  }

  list(): readonly Point[] {
    return [...this.#points.values()];
  }
}

/** For families whose points are found among some candidate values. */
export function pointsAmong(
  candidates: Iterable<string>,
  tests: readonly ValueTest[],
  hits: Family["hits"],
  surroundings: Surroundings,
): readonly Point[] {
  const table = new PointTable();
  for (const value of candidates) {
    surroundings.budget.spend(tests.length);
    table.addGuesses(
      value,
      tests.map((test) => hits(test, value, surroundings)),
      surroundings.budget,
    );
  }
  return table.list();
}

/** Whether any value of the policy matches; an unreadable one leaves it open unless another matches. */
export function anyHit<T>(
  values: readonly T[],
  match: (value: T) => boolean | undefined,
): boolean | undefined {
  let answer: boolean | undefined = false;
  for (const value of values) {
    const hit = match(value);
    if (hit === true) return true;
    if (hit === undefined) answer = undefined;
  }
  return answer;
}
