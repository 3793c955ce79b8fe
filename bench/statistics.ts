/** The value below which a share of the values lies; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Milliseconds that one call takes. */
export async function timed(act: () => unknown): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/**
 * Medians of a subject and of the bare minimum, in milliseconds. They take turns, so that a machine
 * that is slow for a while is slow for both; the first turn of each only warms up.
 */
export async function alternate(
  subject: () => unknown,
  floor: () => unknown,
  turns: number,
): Promise<{ readonly subject: number; readonly floor: number }> {
  const times = { subject: [] as number[], floor: [] as number[] };
  for (let turn = 0; turn <= turns; turn++) {
    const [bare, whole] = [await timed(floor), await timed(subject)];
    if (turn === 0) continue;
    times.floor.push(bare);
    times.subject.push(whole);
  }
  return { subject: median(times.subject), floor: median(times.floor) };
}
