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

/** The steps by which one side may allow more in a cell: its own Allows, and the other side's own Denies. */
export function exceedingSteps<N extends Step>(
  { sides }: Cell<N, unknown>,
  direction: Directions,
): readonly N[] {
  const [more, less] = direction === firstExceeds ? sides : [sides[1], sides[0]];
  return [
    ...more.filter((step) => !step.deny && !less.includes(step)),
    ...less.filter((step) => step.deny && !more.includes(step)),
  ];
}

/**
 * In which directions one side can still exceed the other. INVARIANT: what matches on both sides cannot
 * matter. A side that has no Allow of its own, while the other has no Deny of its own, allows no more.
 */
export function openDirections(sides: Sides<Step>): Directions {
  const first = sides[0];
  const second = sides[1];
  let directions = 0;
  const isIn = first.length * second.length < 400 ? isAmong : isAmongMany;
  const inFirst = isIn(first);
  const inSecond = isIn(second);
  for (const step of first) if (!inSecond(step)) directions |= step.deny ? secondExceeds : firstExceeds;
  for (const step of second) if (!inFirst(step)) directions |= step.deny ? firstExceeds : secondExceeds;
  return directions;
}

const byId = (a: Step, b: Step): number => a.id - b.id;

const isAmong = (steps: readonly Step[]) => (step: Step) => steps.includes(step);

function isAmongMany(steps: readonly Step[]) {
  const all = new Set(steps);
  return (step: Step) => all.has(step);
}

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
