/** Thrown when a budget is used up; caught by `compare`, which answers undecided, and by `explain`. */
export class BudgetExhausted extends Error {}

export interface BudgetLimits {
  /** Elementary steps of some third of a microsecond: a cell visited, a domain cut, tens of characters looked at. */
  readonly steps: number;
  /** Numbers kept in tables at one time: automaton positions, domain elements. */
  readonly memory: number;
}

export const defaultLimits: BudgetLimits = { steps: 1_600_000, memory: 800_000 };

/** Bounds one comparison in steps and memory, never by a clock: the same documents get the same answer. */
export class Budget {
  readonly #limits: BudgetLimits;
  /** Steps so far. */
  spent = 0;
  #held = 0;

  constructor(limits: BudgetLimits = defaultLimits) {
    this.#limits = limits;
  }

  spend(steps: number): void {
    this.spent += steps;
    if (this.spent > this.#limits.steps) throw new BudgetExhausted("the comparison ran out of steps");
  }

  hold(numbers: number): void {
    this.#held += numbers;
    if (this.#held > this.#limits.memory) throw new BudgetExhausted("the comparison ran out of memory");
  }

  release(numbers: number): void {
    this.#held -= numbers;
  }
}
