/** A pattern of some lists or tests, by their numbers; a guess whether it matches stands alone. */
export interface Owned {
  readonly holders: readonly number[];
  readonly guess: string | undefined;
  /** Patterns of the same holders have one owner: nothing can tell apart which of them matched. */
  owner: number;
}

/** Gives patterns their owners; one pattern of each. */
export function shareOwners<T extends Owned>(all: readonly T[]): readonly T[] {
  const owners = new Map<string, T>();
  for (const one of all) {
    const key = `${one.holders.join()}${one.guess ?? ""}`;
    const known = owners.get(key);
    one.owner = known?.owner ?? owners.size;
    if (known === undefined) owners.set(key, one);
  }
  return [...owners.values()];
}
