/** Runs `work` on every item, at most `abreast` at a time; outcomes keep the items' order. The first failure throws. */
export async function inTurn<T, R>(
  list: readonly T[],
  abreast: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const outcomes: R[] = Array.from({ length: list.length });
  const queue = list.entries();
  const runner = async (): Promise<void> => {
    for (const [index, item] of queue) outcomes[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(abreast, list.length) }, runner));
  return outcomes;
}
