/** Thrown when a comparison has used up its budget; caught by `compare`, which answers undecided. */
export class BudgetExhausted extends Error {}

export interface BudgetLimits {
  /** Elementary steps: a token looked at, a cell visited, a domain cut. */
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

  /** Spends what has been done already: the next step may find the budget used up. */
  note(steps: number): void {
    this.spent += steps;
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
