/** The first few that are fit, looked for one after the other. */
export function* firstFew<T>(
  most: number,
  items: Iterable<T>,
  isFit: (item: T) => boolean = () => true,
): Iterable<T> {
  let count = 0;
  for (const item of items) {
    if (!isFit(item)) continue;
    yield item;
    if (++count === most) return;
  }
}
