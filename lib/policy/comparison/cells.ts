import type { Budget } from "./budget.ts";

/** A step of some path: on which side it stands is told apart from it. */
export interface Step {
  readonly id: number;
  readonly deny: boolean;
}

/** What matches on each side. */
export type Sides<T> = readonly [readonly T[], readonly T[]];

/** The first side exceeds the second, the second the first, or both: a set of two bits. */
export type Directions = number;
export const firstExceeds: Directions = 1;
export const secondExceeds: Directions = 2;

/** Requests that the same steps match on both sides, by one of the things they are made of. */
export interface Cell<N, E> {
  readonly sides: Sides<N>;
  readonly directions: Directions;
  /** Some of those things. */
  readonly examples: E[];
}

/**
 * The steps that only one side has, each with the direction in which it may make a difference. INVARIANT:
 * what matches on both sides cannot matter. A side allows more by Allows of its own, and by Denies of the other.
 */
export function eachOwnStep<N extends Step>(
  [first, second]: Sides<N>,
  tell: (step: N, direction: Directions) => void,
): void {
  const isIn = (steps: readonly N[]) => {
    // To hash them is worth it when they are many.
    const all = steps.length > 20 ? new Set(steps) : undefined;
    return (step: N) => (all === undefined ? steps.includes(step) : all.has(step));
  };
  const [inFirst, inSecond] = [isIn(first), isIn(second)];
  for (const step of first) if (!inSecond(step)) tell(step, step.deny ? secondExceeds : firstExceeds);
  for (const step of second) if (!inFirst(step)) tell(step, step.deny ? firstExceeds : secondExceeds);
}

/** In which directions one side can still exceed the other. */
export function openDirections(sides: Sides<Step>): Directions {
  let open = 0;
  eachOwnStep(sides, (_, direction) => {
    open |= direction;
  });
  return open;
}

const byId = (a: Step, b: Step): number => a.id - b.id;

/** Gathers cells: what the same steps match is one cell. */
export class CellTable<N extends Step, E> {
  readonly #cells = new Map<string, Cell<N, E>>();
  readonly #wanted: Directions;
  readonly #budget: Budget;

  constructor(wanted: Directions, budget: Budget) {
    this.#wanted = wanted;
    this.#budget = budget;
  }

  add(first: N[], second: N[]): Cell<N, E> {
    first.sort(byId);
    second.sort(byId);
    const key = keyOf(first, second);
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const sides: Sides<N> = [first, second];
    const cell = { sides, directions: openDirections(sides) & this.#wanted, examples: [] };
    this.#budget.spend(first.length + second.length + 1);
    this.#budget.hold(first.length + second.length + 1);
    this.#cells.set(key, cell);
    return cell;
  }
}

export const keyOf = (first: readonly Step[], second: readonly Step[]): string => {
  let key = "";
  for (const step of first) key += `${step.id},`;
  key += "|";
  for (const step of second) key += `${step.id},`;
  return key;
};
