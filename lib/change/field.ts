/** Own properties only: an event's `__proto__` or `constructor` is data like any other. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

/** A non-empty string, cut at `most` characters; anything else is undefined. */
export function text(value: unknown, most = 512): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, most) : undefined;
}

/** The elements of EC2's sets: `{items: […]}`, `{item: …}` with one or several in newer calls, and `{}` when empty. */
export function items(set: unknown): readonly unknown[] {
  const list = field(set, "items") ?? field(set, "item") ?? [];
  return Array.isArray(list) ? list : [list];
}
