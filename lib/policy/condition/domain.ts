import { type Bits, bitsOf } from "../comparison/bits.ts";
import { isGuess, type Test } from "../comparison/grants.ts";
import { operatorRows } from "./families.ts";
import { type Family, type Point, PointTable, type Surroundings } from "./point.ts";

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
    for (const value of [undefined, "true"])
      table.add(value, (test) => isNullHit(test, value === undefined), false);
    return table.domain();
  }
  const points = pointsOf(tests, surroundings);
  table.add(undefined, (test) => whenAbsent(test, surroundings), true);
  // Without a set operator on the key a single value is a text, with one only a list of one.
  const text = tests.some((test) => test.operator.set === undefined && test.operator.name !== "Null");
  for (const point of points) {
    table.add(
      text || !severalValues ? point.value : [point.value],
      (test, i) => onOne(test, point.hits[i]),
      point.sure,
    );
  }
  if (severalValues) addLists(tests, points, table, surroundings);
  return table.domain();
}

/** The domain of a key whose value is given: what a policy variable stands for. */
export function fixedDomain(
  tests: readonly Test[],
  value: string | undefined,
  surroundings: Surroundings,
): Domain {
  const table = new DomainTable(tests, surroundings);
  if (value === undefined) table.add(undefined, (test) => whenAbsent(test, surroundings), true);
  else {
    const hits = tests.map((test) => hitsOf(test, value, surroundings));
    const points = new PointTable();
    points.addGuesses(value, hits, surroundings.budget);
    for (const point of points.list()) table.add(value, (test, i) => onOne(test, point.hits[i]), point.sure);
  }
  return table.domain();
}

/** Collects values, and merges those that no test can tell apart. */
class DomainTable {
  readonly #tests: readonly Test[];
  readonly #surroundings: Surroundings;
  readonly #rows = new Map<string, { value: Value; truth: readonly boolean[]; sure: boolean }>();

  constructor(tests: readonly Test[], surroundings: Surroundings) {
    this.#tests = tests;
    this.#surroundings = surroundings;
  }

  add(value: Value, truthOf: (test: Test, index: number) => boolean, sure: boolean): boolean {
    const truth = this.#tests.map(truthOf);
    this.#surroundings.budget.spend(truth.length);
    const key = truth.map(Number).join("");
    const known = this.#rows.get(key);
    if (known !== undefined && (known.sure || !sure)) return false;
    this.#surroundings.budget.hold(truth.length);
    this.#rows.set(key, { value, truth, sure });
    return true;
  }

  domain(): Domain {
    const rows = [...this.#rows.values()];
    return {
      values: rows.map((row) => row.value),
      truth: new Map(
        this.#tests.map((test, i) => [test.id, bitsOf(rows.length, (row) => rows[row]?.truth[i] === true)]),
      ),
      all: bitsOf(rows.length, () => true),
      sure: bitsOf(rows.length, (row) => rows[row]?.sure === true),
    };
  }
}

/** Points for single values; operators of several families on one key are guessed apart where they disagree. */
function pointsOf(tests: readonly Test[], surroundings: Surroundings): readonly Point[] {
  const families = new Map<Family, number[]>();
  for (const [i, test] of tests.entries()) {
    if (test.operator.name === "Null") continue;
    const { family } = operatorRows[test.operator.name];
    families.set(family, [...(families.get(family) ?? []), i]);
  }
  const parts = [...families].map(([family, among]) => ({
    family,
    among,
    points: family.points(
      among.flatMap((i) => tests[i] ?? []),
      surroundings,
    ),
  }));
  const [only, ...more] = parts;
  if (only === undefined) return [{ value: surroundings.fresh[0] ?? "example", hits: [], sure: true }];
  const table = new PointTable();
  if (more.length === 0) {
    for (const point of only.points) table.add(point.value, spread(tests, [[only.among, point]]), point.sure);
    return table.list();
  }
  // One text that all families read alike is sure.
  for (const { points } of parts) {
    for (const { value, sure } of points) {
      const hits = tests.map((test) =>
        test.operator.name === "Null"
          ? false
          : operatorRows[test.operator.name].family.hits(test, value, surroundings),
      );
      if (sure && hits.every((hit) => hit !== undefined)) table.add(value, hits);
    }
  }
  let combined: (readonly (readonly [readonly number[], Point])[])[] = [[]];
  for (const { among, points } of parts) {
    surroundings.budget.spend(combined.length * points.length * tests.length);
    combined = combined.flatMap((chosen) => points.map((point) => [...chosen, [among, point] as const]));
  }
  for (const chosen of combined) table.add(chosen[0]?.[1].value ?? "", spread(tests, chosen), false);
  return table.list();
}

const hitsOf = (
  { operator, ...test }: Test,
  value: string,
  surroundings: Surroundings,
): boolean | undefined =>
  operator.name === "Null"
    ? false
    : operatorRows[operator.name].family.hits({ operator, ...test }, value, surroundings);

/** Hits of several families' points, put where their tests stand. */
function spread(
  tests: readonly Test[],
  chosen: readonly (readonly [readonly number[], Point])[],
): readonly boolean[] {
  const hits: boolean[] = tests.map(() => false);
  for (const [among, point] of chosen)
    for (const [i, test] of among.entries()) hits[test] = point.hits[i] === true;
  return hits;
}

function whenAbsent(test: Test, { asked }: Surroundings): boolean {
  const { name, set, ifExists } = test.operator;
  if (name === "Null") return isNullHit(test, true);
  if (set === "ForAllValues") return true;
  if (set === "ForAnyValue") return ifExists && asked.ask("anyValueIfExists");
  return ifExists || operatorRows[name].negated;
}

function onOne(test: Test, hit: boolean | undefined): boolean {
  const { name } = test.operator;
  if (name === "Null") return isNullHit(test, false);
  return operatorRows[name].negated ? hit !== true : hit === true;
}

const isNullHit = (test: Test, absent: boolean): boolean =>
  test.values.some((text) => text.toLowerCase() === String(absent));

/**
 * Lists of several values. A list counts by which values it holds, for each test by whether all of them
 * satisfy it and whether any does; so all lists are found by adding value after value to what is known.
 */
function addLists(
  tests: readonly Test[],
  points: readonly Point[],
  table: DomainTable,
  surroundings: Surroundings,
): void {
  const { asked, budget } = surroundings;
  const single = tests.some((test) => test.operator.set === undefined && test.operator.name !== "Null");
  const reading = single ? asked.ask("list") : "none";
  const usable = points.filter((point) => point.value !== "");
  const ones = usable.map((point) => ({ point, truth: tests.map((test, i) => onOne(test, point.hits[i])) }));
  type Many = { values: readonly string[]; all: readonly boolean[]; some: readonly boolean[]; sure: boolean };
  const seen = new Map<string, Many>();
  const queue: Many[] = [];
  const reach = (many: Many): void => {
    const key = `${many.all.map(Number).join("")}${many.some.map(Number).join("")}`;
    const known = seen.get(key);
    if (known !== undefined && (known.sure || !many.sure)) return;
    budget.hold(2 * tests.length + 2);
    seen.set(key, many);
    queue.push(many);
  };
  for (const { point, truth } of ones)
    reach({ values: [point.value], all: truth, some: truth, sure: point.sure });
  for (let head = 0; head < queue.length; head++) {
    const many = queue[head];
    if (many === undefined) break;
    budget.spend(ones.length * tests.length);
    for (const { point, truth } of ones) {
      if (many.values.includes(point.value)) continue;
      reach({
        values: [...many.values, point.value],
        all: many.all.map((all, i) => all && truth[i] === true),
        some: many.some.map((some, i) => some || truth[i] === true),
        sure: many.sure && point.sure,
      });
    }
  }
  const onMany = (test: Test, all: boolean, some: boolean): boolean => {
    const { name, set } = test.operator;
    if (name === "Null") return isNullHit(test, false);
    if (set === "ForAllValues") return all;
    if (set === "ForAnyValue") return some;
    return reading === "any" ? some : reading === "all" && all;
  };
  for (const many of queue) {
    if (many.values.length < 2) continue;
    const sure = many.sure && !single;
    table.add(many.values, (test, i) => onMany(test, many.all[i] === true, many.some[i] === true), sure);
  }
  // An empty list: for Null and for single operators it is not told whether that is an absent key.
  table.add(
    [],
    (test) => onMany(test, true, false),
    !single && tests.every((test) => test.operator.name !== "Null"),
  );
}
