/** Thrown when a comparison has used up its budget; caught by `compare`, which answers undecided. */
export class BudgetExhausted extends Error {
  override readonly name = "BudgetExhausted";
}

export interface BudgetLimits {
  /** Elementary steps: a token looked at, a cell visited, a domain cut. */
  readonly steps: number;
  /** Numbers kept in tables at one time: automaton positions, domain elements. */
  readonly memory: number;
}

export const defaultLimits: BudgetLimits = { steps: 1_600_000, memory: 800_000 };

/** Bounds one comparison in steps and memory, never by a clock: the same documents get the same answer. */
export class Budget {
  #steps: number;
  #memory: number;
  #spent = 0;

  constructor(limits: BudgetLimits = defaultLimits) {
    this.#steps = limits.steps;
    this.#memory = limits.memory;
  }

  get spent(): number {
    return this.#spent;
  }

  spend(steps: number): void {
    this.#spent += steps;
    this.#steps -= steps;
    if (this.#steps < 0) throw new BudgetExhausted("the comparison ran out of steps");
  }

  hold(numbers: number): void {
    this.#memory -= numbers;
    if (this.#memory < 0) throw new BudgetExhausted("the comparison ran out of memory");
  }

  release(numbers: number): void {
    this.#memory += numbers;
  }
}
