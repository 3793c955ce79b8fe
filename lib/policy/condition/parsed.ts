import { type Family, PointTable } from "./point.ts";

/** Values that are parsed before they are compared: numbers, dates, addresses … */
export interface ParsedValues<T> {
  /** Undefined for a text that is no value of this kind. */
  readonly parse: (text: string) => T | undefined;
  /** Undefined when AWS does not say. */
  readonly matches: (actual: T, wanted: T, comparison: string) => boolean | undefined;
  /** Values that stand for all, as far as those which policies ask for can tell. */
  readonly examples: (wanted: readonly T[]) => Iterable<string>;
}

/**
 * A family of values that are parsed. An unreadable value of the policy leaves it open whether the test
 * matches, unless another of its values does; so does an unreadable value of the request.
 */
export function parsedFamily<T>({ parse, matches, examples }: ParsedValues<T>): Family {
  return (tests, { budget }) => {
    const wanted = tests.map(({ values }) => values.map(parse));
    const all = wanted.flat();
    return (only) => {
      const table = new PointTable();
      const values = only === undefined ? examples(all.filter((one) => one !== undefined)) : [only];
      for (const value of values) {
        budget.spend(all.length);
        const actual = parse(value);
        const hits = tests.map(({ operator }, i) => {
          let hit: boolean | undefined = false;
          for (const one of wanted[i] ?? []) {
            const isMatch =
              actual === undefined || one === undefined
                ? undefined
                : matches(actual, one, operator.comparison);
            if (isMatch === true) return true;
            hit = isMatch === undefined ? undefined : hit;
          }
          return hit;
        });
        table.addGuesses(value, hits, budget);
      }
      return table.list();
    };
  };
}
