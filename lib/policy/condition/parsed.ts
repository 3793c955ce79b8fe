import { type Family, PointTable, type Reader } from "./point.ts";

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
  const readerOf = (wanted: readonly (T | undefined)[], comparison: string): Reader => {
    return (value) => {
      const actual = parse(value);
      if (actual === undefined) return undefined;
      let answer: boolean | undefined = false;
      for (const one of wanted) {
        const hit = one === undefined ? undefined : matches(actual, one, comparison);
        if (hit === true) return true;
        if (hit === undefined) answer = undefined;
      }
      return answer;
    };
  };
  return {
    reader: ({ operator, values }) => readerOf(values.map(parse), operator.comparison),
    points(tests, { budget }) {
      const wanted = tests.map((test) => test.values.map(parse));
      const readers = tests.map(({ operator }, i) => readerOf(wanted[i] ?? [], operator.comparison));
      const all = wanted.flat();
      const table = new PointTable();
      for (const value of examples(all.filter((one) => one !== undefined))) {
        budget.spend(all.length);
        table.addGuesses(
          value,
          readers.map((read) => read(value)),
          budget,
        );
      }
      return table.list();
    },
  };
}
