import { type Bits, bitsOf } from "../comparison/bits.ts";
import { isGuess, type Test } from "../comparison/grants.ts";
import { openQuestions } from "../open-questions.ts";
import { keepSurest, type Point, type Surroundings } from "./point.ts";
import { pointsOf, variableDoubt } from "./points.ts";
import { hasOneValue, isSingleValued } from "./several-values.ts";
import { whenAbsent, whenOne } from "./truth.ts";

/** A value of a key in a request; undefined: the request does not have it. */
export type Value = string | readonly string[] | undefined;

/**
 * All that can be said of one key, as far as some tests can tell: a few values that stand for all, the
 * simplest first, and for each test which of them satisfy it.
 */
export interface Domain {
  readonly values: readonly Value[];
  readonly truth: ReadonlyMap<number, Bits>;
  readonly all: Bits;
  /** Values that need no guess. */
  readonly sure: Bits;
  /** For each value what was guessed about it. */
  readonly doubts: readonly (string | undefined)[];
}

/** A value, whether each test holds of it, and what was guessed about that. */
interface Row<V = Value> {
  readonly value: V;
  readonly truth: readonly boolean[];
  readonly doubt: string | undefined;
}

/** `severalValues`: the key can hold a list, as any can that a set operator asks for. */
export function domainOf(
  key: string,
  tests: readonly Test[],
  severalValues: boolean,
  surroundings: Surroundings,
): Domain {
  // A value that needs no reading is the better proof.
  const isRead = tests.some(({ operator: { set, ifExists } }) => set === "ForAnyValue" && ifExists);
  const absent = {
    ...absence(tests, surroundings),
    doubt: isRead ? openQuestions.anyValueIfExists : undefined,
  };
  const ones = rowsOf(pointsOf(tests, surroundings), tests, surroundings);
  if (isGuess(key)) {
    const doubt = variableDoubt([key]);
    return merge(
      [absent, ...ones].map((row) => ({ ...row, doubt })),
      tests,
      surroundings,
    );
  }
  if (!severalValues) return merge([absent, ...ones], tests, surroundings);
  const lists = listsOf(key, tests, ones, surroundings);
  // Where only set operators ask for the key, a single value is a list of one.
  const singles = tests.some(isSingle) ? ones : ones.map((row) => ({ ...row, value: [row.value] }));
  return merge([absent, ...singles, ...lists], tests, surroundings);
}

/** The domain of a key whose value is given: what a policy variable stands for. */
export function fixedDomain(
  tests: readonly Test[],
  value: string | undefined,
  surroundings: Surroundings,
): Domain {
  const rows =
    value === undefined
      ? [absence(tests, surroundings)]
      : rowsOf(pointsOf(tests, surroundings, value), tests, surroundings);
  return merge(rows, tests, surroundings);
}

const absence = (tests: readonly Test[], surroundings: Surroundings): Row => ({
  value: undefined,
  truth: tests.map((test) => whenAbsent(test, surroundings)),
  doubt: undefined,
});

function rowsOf(
  points: readonly Point[],
  tests: readonly Test[],
  surroundings: Surroundings,
): readonly Row<string>[] {
  const { assignment } = surroundings;
  const open = tests.flatMap(({ variables, values }) =>
    variables && assignment === undefined ? values : [],
  );
  return points.map(({ value, hits, doubt }) => ({
    value,
    truth: tests.map((test, i) => whenOne(test, hits[i], surroundings)),
    doubt: doubt && (variableDoubt(open) ?? doubt),
  }));
}

/** Merges values that no test can tell apart. */
function merge(all: readonly Row[], tests: readonly Test[], { budget }: Surroundings): Domain {
  const kept = new Map<string, Row>();
  for (const row of all) {
    budget.spend(tests.length);
    if (keepSurest(kept, row.truth, row)) budget.hold(tests.length);
  }
  const rows = [...kept.values()];
  const bitsWhere = (has: (row: Row) => boolean): Bits =>
    bitsOf(rows.length, (i) => rows[i] !== undefined && has(rows[i]));
  return {
    values: rows.map((row) => row.value),
    truth: new Map(tests.map((test, i) => [test.id, bitsWhere((row) => row.truth[i] === true)])),
    all: bitsWhere(() => true),
    sure: bitsWhere((row) => row.doubt === undefined),
    doubts: rows.map((row) => row.doubt),
  };
}

/** A list by the values it holds: for each test whether all of them satisfy it, and whether any does. */
interface Many {
  readonly holds: readonly Row<string>[];
  readonly all: readonly boolean[];
  readonly some: readonly boolean[];
  readonly doubt: string | undefined;
}

/** Lists of several values, found by adding value after value to the empty list, which comes last. */
function listsOf(
  key: string,
  tests: readonly Test[],
  ones: readonly Row<string>[],
  surroundings: Surroundings,
): readonly Row[] {
  const { asked, budget } = surroundings;
  const single = tests.some(isSingle);
  // What AWS documents as a single value is never a list; the usual reading says what others make of one.
  const reading = single && !isSingleValued(key) ? asked.ask("list") : "none";
  const empty: Many = {
    holds: [],
    all: tests.map(() => true),
    some: tests.map((test) => isNull(test) && whenOne(test, false, surroundings)),
    doubt: undefined,
  };
  const lists = [empty];
  const seen = new Map<string, Many>();
  for (const { holds, all, some, doubt } of lists) {
    budget.spend(ones.length * tests.length);
    for (const one of ones) {
      // No list can be relied on to hold the empty text.
      if (one.value === "" || holds.includes(one)) continue;
      const more: Many = {
        holds: [...holds, one],
        all: one.truth.map((holds, i) => holds && all[i] === true),
        some: one.truth.map((holds, i) => holds || some[i] === true),
        doubt: doubt ?? one.doubt,
      };
      if (!keepSurest(seen, [...more.all, ...more.some], more)) continue;
      budget.hold(2 * tests.length + 2);
      lists.push(more);
    }
  }
  const rowOf = ({ holds, all, some }: Many, doubt: string | undefined): Row => ({
    value: holds.map(({ value }) => value),
    truth: tests.map(({ operator: { kind, set = reading } }, i) => {
      if (kind === "Null" || set === "ForAnyValue" || set === "any") return some[i] === true;
      return set !== "none" && all[i] === true;
    }),
    doubt,
  });
  const several = lists.filter(({ holds }) => holds.length > 1);
  // Whether an empty list is an absent key, to Null and to single operators, is not told.
  const isTold = !single && !tests.some(isNull);
  return [
    ...several.map((many) => rowOf(many, single ? listDoubt : hasOneValue(key) ? oneValueDoubt : many.doubt)),
    rowOf(empty, isTold ? undefined : emptyDoubt),
  ];
}

const isNull = ({ operator: { kind } }: Test): boolean => kind === "Null";

/** Asks for one value. */
const isSingle = (test: Test): boolean => test.operator.set === undefined && !isNull(test);

const listDoubt = "it hangs on how a list of values is read by an operator without a set prefix";
const oneValueDoubt = "it hangs on several values of a key of which every request has one";
const emptyDoubt = "it hangs on what an empty list of values is";
