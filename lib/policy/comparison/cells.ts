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
export const bothExceed: Directions = firstExceeds | secondExceeds;
/** The direction in which a side exceeds the other. */
export const directionOf = (side: number): Directions => 1 << side;

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
  sides: Sides<N>,
  tell: (step: N, direction: Directions) => void,
): void {
  for (const at of [0, 1] as const) {
    const others = new Set(sides[1 - at]);
    for (const step of sides[at]) if (!others.has(step)) tell(step, directionOf(step.deny ? 1 - at : at));
  }
}

/** In which directions one side can still exceed the other. */
export function openDirections(sides: Sides<Step>): Directions {
  let open = 0;
  eachOwnStep(sides, (_, direction) => {
    open |= direction;
  });
  return open;
}

/** Gathers cells: what the same steps match is one cell, whatever their order. */
export function cellTable<N extends Step, E>(
  wanted: Directions,
  budget: Budget,
): (first: Iterable<N>, second: Iterable<N>) => Cell<N, E> {
  const cells = new Map<string, Cell<N, E>>();
  const inOrder = (steps: Iterable<N>) => [...new Set(steps)].sort((a, b) => a.id - b.id);
  return (first, second) => {
    const sides: Sides<N> = [inOrder(first), inOrder(second)];
    const key = keyOf(sides);
    const known = cells.get(key);
    if (known !== undefined) return known;
    const cell = { sides, directions: openDirections(sides) & wanted, examples: [] };
    const size = sides[0].length + sides[1].length + 1;
    budget.spend(size);
    budget.hold(size);
    cells.set(key, cell);
    return cell;
  };
}

export function keyOf(sides: Sides<Step>): string {
  let key = "";
  for (const steps of sides) {
    for (const { id } of steps) key += `${id},`;
    key += "|";
  }
  return key;
}
