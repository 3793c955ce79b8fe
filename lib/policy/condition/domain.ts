import { type Bits, bitsOf } from "../comparison/bits.ts";
import { isGuess, type Test } from "../comparison/grants.ts";
import { openQuestions } from "../open-questions.ts";
import { answersAsKey, type Point, PointTable, type Surroundings } from "./point.ts";
import { doubtOf, pointsOf, readerOf, variableDoubt } from "./points.ts";
import { hasOneValue, isSingleValued } from "./several-values.ts";
import { isNullHit, whenAbsent, whenOne } from "./truth.ts";

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

/** `severalValues`: the key can hold a list. */
export function domainOf(
  key: string,
  tests: readonly Test[],
  severalValues: boolean,
  surroundings: Surroundings,
): Domain {
  const table = new DomainTable(tests, surroundings);
  if (isGuess(key)) {
    const doubt = variableDoubt([key]);
    for (const value of [undefined, "true"])
      table.add(value, (test) => isNullHit(test, value === undefined, surroundings.asked), doubt);
    return table.domain();
  }
  const points = pointsOf(tests, surroundings);
  // A value that needs no reading is the better proof.
  const isRead = tests.some(({ operator: { set, ifExists } }) => set === "ForAnyValue" && ifExists);
  table.add(
    undefined,
    (test) => whenAbsent(test, surroundings),
    isRead ? openQuestions.anyValueIfExists : undefined,
  );
  // Where only set operators ask for the key, a single value is a list of one.
  const text =
    tests.some(isSingle) || (!severalValues && tests.every((test) => test.operator.set === undefined));
  for (const point of points) {
    table.add(
      text ? point.value : [point.value],
      (test, i) => whenOne(test, point.hits[i], surroundings),
      doubtOf(point, tests, surroundings),
    );
  }
  if (severalValues) addLists(key, tests, points, table, surroundings);
  return table.domain();
}

/** The domain of a key whose value is given: what a policy variable stands for. */
export function fixedDomain(
  tests: readonly Test[],
  value: string | undefined,
  surroundings: Surroundings,
): Domain {
  const table = new DomainTable(tests, surroundings);
  if (value === undefined) table.add(undefined, (test) => whenAbsent(test, surroundings));
  else {
    const hits = tests.map((test) => readerOf(test, surroundings)(value));
    const points = new PointTable();
    points.addGuesses(value, hits, surroundings.budget);
    for (const point of points.list())
      table.add(
        value,
        (test, i) => whenOne(test, point.hits[i], surroundings),
        doubtOf(point, tests, surroundings),
      );
  }
  return table.domain();
}

/** Collects values, and merges those that no test can tell apart. */
class DomainTable {
  readonly #tests: readonly Test[];
  readonly #surroundings: Surroundings;
  readonly #rows = new Map<string, { value: Value; truth: readonly boolean[]; doubt: string | undefined }>();

  constructor(tests: readonly Test[], surroundings: Surroundings) {
    this.#tests = tests;
    this.#surroundings = surroundings;
  }

  add(value: Value, truthOf: (test: Test, index: number) => boolean, doubt?: string): void {
    const truth = this.#tests.map(truthOf);
    this.#surroundings.budget.spend(truth.length);
    const key = answersAsKey(truth);
    const known = this.#rows.get(key);
    if (known !== undefined && (known.doubt === undefined || doubt !== undefined)) return;
    this.#surroundings.budget.hold(truth.length);
    this.#rows.set(key, { value, truth, doubt });
  }

  domain(): Domain {
    const rows = [...this.#rows.values()];
    return {
      values: rows.map((row) => row.value),
      truth: new Map(
        this.#tests.map((test, i) => [test.id, bitsOf(rows.length, (row) => rows[row]?.truth[i] === true)]),
      ),
      all: bitsOf(rows.length, () => true),
      sure: bitsOf(rows.length, (row) => rows[row]?.doubt === undefined),
      doubts: rows.map((row) => row.doubt),
    };
  }
}

/**
 * Lists of several values. A list counts by which values it holds, for each test by whether all of them
 * satisfy it and whether any does; so all lists are found by adding value after value to what is known.
 */
function addLists(
  key: string,
  tests: readonly Test[],
  points: readonly Point[],
  table: DomainTable,
  surroundings: Surroundings,
): void {
  const { asked, budget } = surroundings;
  const single = tests.some(isSingle);
  // What AWS documents as a single value is never a list; the usual reading says what others make of one.
  const reading = single && !isSingleValued(key) ? asked.ask("list") : "none";
  interface Many {
    readonly points: readonly Point[];
    readonly all: readonly boolean[];
    readonly some: readonly boolean[];
    readonly doubt: string | undefined;
  }
  const ones = points
    .filter((point) => point.value !== "")
    .map((point): Many => {
      const truth = tests.map((test, i) => whenOne(test, point.hits[i], surroundings));
      return { points: [point], all: truth, some: truth, doubt: doubtOf(point, tests, surroundings) };
    });
  const seen = new Map<string, Many>();
  const queue: Many[] = [];
  const reach = (many: Many): void => {
    const key = answersAsKey(many.all) + answersAsKey(many.some);
    const known = seen.get(key);
    if (known !== undefined && (known.doubt === undefined || many.doubt !== undefined)) return;
    budget.hold(2 * tests.length + 2);
    seen.set(key, many);
    queue.push(many);
  };
  for (const one of ones) reach(one);
  for (const many of queue) {
    budget.spend(ones.length * tests.length);
    for (const { points, all, doubt } of ones) {
      // Two guesses about one text are two points: their texts are but examples.
      if (points.every((point) => many.points.includes(point))) continue;
      reach({
        points: [...many.points, ...points],
        all: all.map((one, i) => one && many.all[i] === true),
        some: all.map((one, i) => one || many.some[i] === true),
        doubt: many.doubt ?? doubt,
      });
    }
  }
  const onMany = (test: Test, all: boolean, some: boolean): boolean => {
    const { kind, set } = test.operator;
    if (kind === "Null") return isNullHit(test, false, asked);
    if (set === "ForAllValues") return all;
    if (set === "ForAnyValue") return some;
    return reading === "any" ? some : reading === "all" && all;
  };
  for (const many of queue) {
    if (many.points.length < 2) continue;
    const values = many.points.map(({ value }) => value);
    const doubt = single ? listDoubt : hasOneValue(key) ? oneValueDoubt : many.doubt;
    table.add(values, (test, i) => onMany(test, many.all[i] === true, many.some[i] === true), doubt);
  }
  // Whether an empty list is an absent key, to Null and to single operators, is not told.
  const clear = !single && tests.every((test) => test.operator.kind !== "Null");
  table.add(
    [],
    (test) => onMany(test, true, false),
    clear ? undefined : "it hangs on what an empty list of values is",
  );
}

/** Asks for one value. */
const isSingle = ({ operator: { set, kind } }: Test): boolean => set === undefined && kind !== "Null";

const listDoubt = "it hangs on how a list of values is read by an operator without a set prefix";
const oneValueDoubt = "it hangs on several values of a key of which every request has one";
