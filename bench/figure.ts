/** One line of the table. */
export interface Figure {
  /** Kebab-case: `compare-managed-p50`. */
  readonly name: string;
  readonly value: number;
  /** `ms`, `µs`, `KB`, `MiB`, `calls`; for a ratio, what the figure is held against is in `target`. */
  readonly unit: string;
  /** What the bare minimum took, in the same unit, measured in the same run. */
  readonly floor?: number;
  /** Value over floor. */
  readonly ratio?: number;
  /** As a person reads it: `< 0.3 ms`, `≤ 1.5 × floor`. */
  readonly target: string;
  readonly ok: boolean;
}

/** Some figures that are measured together. */
export interface Bench {
  /** The names of its figures: what is not asked for is not run. */
  readonly figures: readonly string[];
  /** `Skipped` when something that it needs is not on this machine. */
  run(): Promise<readonly Figure[] | Skipped>;
}

interface Skipped {
  readonly skipped: string;
}

type Measured = { readonly name: string; readonly value: number; readonly unit: string };

/** A figure that has to stay below a bound. */
export const below = (measured: Measured, bound: number): Figure => ({
  ...measured,
  target: `< ${bound} ${measured.unit}`,
  ok: measured.value < bound,
});

/** A figure that has to stay within a multiple of the bare minimum. */
export function withinFloor(measured: Measured, floor: number, times: number): Figure {
  const ratio = measured.value / floor;
  return { ...measured, floor, ratio, target: `≤ ${times} × floor`, ok: ratio <= times };
}
