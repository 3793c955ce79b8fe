import type { Request, Statement } from "../model.ts";
import type { Dimension } from "./dimension.ts";

/** What a list names (a pattern, a principal), for a sentence and for a request. */
export interface Item {
  readonly name: string;
  /** The request, about an example of it; undefined where none is known. */
  readonly put: (request: Request) => Request | undefined;
  /** Whether it takes in all of another item of the same list. */
  readonly covers: (other: Item) => boolean;
  /** Whether the request is about it. */
  readonly holds: (request: Request) => boolean;
  /** The less, the more dangerous. */
  readonly rank: number;
  /** Statements whose lists, or lists of exceptions, have it in the same words. */
  readonly listedBy: ReadonlySet<Statement>;
  /** Parts of it that other statements tell from the rest of it. */
  readonly cuts: readonly Item[];
}

/** In place of a list that the statements do not have. */
export const nothing: Item = {
  name: "",
  put: (request) => request,
  covers: () => true,
  holds: () => true,
  rank: 9,
  listedBy: new Set(),
  cuts: [],
};

/** A pattern that others cut into no more than so many is also looked at in its parts. */
const mostParts = 8;

/** Gives what the lists of statements name; with a request also what any list has that takes it in. */
export type ItemsOf = (about: readonly Statement[], request?: Request) => readonly Item[];

/**
 * What the lists of the statements in question name, the most dangerous first. Where a statement lists
 * exceptions, all that there is, and each exception. `all`: the statements of both sides.
 */
export function itemsIn<P, V>(dimension: Dimension<P, V>, all: readonly Statement[]): ItemsOf {
  const { list, contains, holds, valueIn, keyOf } = dimension;
  const lists = all.flatMap((statement) => list(statement) ?? []);
  /** Each pattern once, and the statements it stands in. */
  const placed = new Map<string, { readonly pattern: P; readonly by: Set<Statement> }>();
  for (const statement of all) {
    for (const pattern of list(statement)?.patterns ?? []) {
      const known = placed.get(keyOf(pattern));
      if (known === undefined) placed.set(keyOf(pattern), { pattern, by: new Set([statement]) });
      else known.by.add(statement);
    }
  }
  const exceptions = lists.flatMap(({ not, patterns }) => (not ? patterns : []));
  const patterns = new Map<Item, P>();
  const made = new Map<string, Item>();
  const cuts = new Map<string, readonly P[]>();
  return (about, request) => {
    const own = about.flatMap((statement) => list(statement) ?? []);
    if (own.length === 0) return [nothing];
    const named = own.flatMap(({ not, patterns }) => (not ? [dimension.everything] : patterns));
    const value = request && valueIn(request);
    const around = lists.flatMap((one) =>
      value === undefined ? [] : one.patterns.filter((pattern) => holds(pattern, value)),
    );
    const parts = named.map(cutsOf).filter((cuts) => cuts.length <= mostParts);
    return unique([...named, ...exceptions, ...around, ...parts.flat()])
      .map((pattern) => {
        const item = made.get(keyOf(pattern)) ?? itemOf(pattern, cutsOf(pattern));
        made.set(keyOf(pattern), item);
        return item;
      })
      .toSorted((a, b) => a.rank - b.rank);
  };

  function unique(some: readonly P[]): readonly P[] {
    return [...new Map(some.map((pattern) => [keyOf(pattern), pattern])).values()];
  }

  function cutsOf(pattern: P): readonly P[] {
    const before = cuts.get(keyOf(pattern)) ?? findCuts(pattern);
    cuts.set(keyOf(pattern), before);
    return before;
  }

  /** Patterns of lists that do not mean all of this one, or nothing of it. */
  function findCuts(pattern: P): readonly P[] {
    if (!dimension.isWide(pattern)) return [];
    const near = [...placed.values()].filter((other) => dimension.overlaps(pattern, other.pattern));
    const whole = new Set(near.flatMap((other) => (contains(other.pattern, pattern) ? [...other.by] : [])));
    return near.filter(({ by }) => [...by].some((one) => !whole.has(one))).map((other) => other.pattern);
  }

  /** Of few patterns, those that share a part with one of them. */
  function crossing(pattern: P, others: readonly P[]): readonly P[] {
    if (others.length > mostParts) return [];
    return others.filter(
      (other) => dimension.overlaps(pattern, other) && !contains(pattern, other) && !contains(other, pattern),
    );
  }

  function itemOf(pattern: P, cuts: readonly P[], within = pattern, beside: readonly P[] = cuts): Item {
    const known = new Map<string, V | undefined>();
    const exampleFor = (request: Request): V | undefined => {
      for (const value of dimension.examples(pattern, request, within)) {
        if (!holds(pattern, value) || !holds(within, value)) continue;
        const isCut = beside.some(
          (other) => holds(other, value) && (within === pattern || !contains(other, pattern)),
        );
        if (!isCut) return value;
      }
      return undefined;
    };
    const item: Item = {
      name: dimension.name(pattern),
      put: (request) => {
        const key = JSON.stringify([request.action, request.resource, request.principal]);
        const value = known.has(key) ? known.get(key) : exampleFor(request);
        known.set(key, value);
        return value === undefined ? undefined : dimension.put(request, value, pattern);
      },
      covers: (other) => {
        const inner = patterns.get(other);
        return inner !== undefined && contains(pattern, inner);
      },
      holds: (request) => {
        const value = valueIn(request);
        return value !== undefined && holds(pattern, value);
      },
      rank: dimension.rank(pattern),
      listedBy: placed.get(keyOf(pattern))?.by ?? nothing.listedBy,
      // Of a cut, what other cuts have in common with it.
      cuts: cuts.map((cut) =>
        within === pattern ? itemOf(cut, crossing(cut, cuts), pattern, cuts) : itemOf(cut, [], pattern, []),
      ),
    };
    patterns.set(item, pattern);
    return item;
  }
}
