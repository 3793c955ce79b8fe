import type {
  Condition,
  Matcher,
  Policy,
  PolicySet,
  PolicyVersion,
  PrincipalPattern,
  Statement,
} from "../model.ts";

/** A statement where it stands. */
export interface Written {
  readonly statement: Statement;
  readonly version: PolicyVersion;
  /** Part of the permissions boundary. */
  readonly boundary: boolean;
}

/** The statements of two sets. */
export interface Division {
  /** Stand on both sides, word for word. */
  readonly shared: readonly Written[];
  /** The others, of each side. */
  readonly own: readonly [readonly Written[], readonly Written[]];
}

/**
 * Sets aside what both sides say in the same words and the same order: most of what there is, where one
 * was made of the other. A difference needs a statement that only one side has.
 */
export function divide([first, second]: readonly [PolicySet, PolicySet]): Division {
  const before = statementsOf(first);
  const shared: Written[] = [];
  const own: readonly [Written[], Written[]] = [[], []];
  let next = 0;
  for (const one of statementsOf(second)) {
    let at = next;
    let same = before[at];
    while (same !== undefined && !sameWords(same, one)) same = before[++at];
    if (same === undefined) {
      own[1].push(one);
      continue;
    }
    own[0].push(...before.slice(next, at));
    shared.push(same);
    next = at + 1;
  }
  own[0].push(...before.slice(next));
  return { shared, own };
}

function statementsOf({ documents, boundary = [] }: PolicySet): readonly Written[] {
  const written = (policies: readonly Policy[], bounds: boolean) =>
    policies.flatMap(({ statements, version }) =>
      statements.map((statement): Written => ({ statement, version, boundary: bounds })),
    );
  return [...written(documents, false), ...written(boundary, true)];
}

function sameWords(one: Written, other: Written): boolean {
  const a = one.statement;
  const b = other.statement;
  return (
    one.version === other.version &&
    one.boundary === other.boundary &&
    (a === b ||
      (a.effect === b.effect &&
        sameList(a.actions, b.actions) &&
        sameList(a.resources, b.resources) &&
        sameItems(a.conditions, b.conditions, sameCondition) &&
        sameList(a.principals, b.principals, samePrincipal)))
  );
}

function sameList<T>(one: Matcher<T> | undefined, other: Matcher<T> | undefined, equal?: Equal<T>): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.not === other.not && sameItems(one.patterns, other.patterns, equal);
}

type Equal<T> = (one: T, other: T) => boolean;

const sameItems = <T>(one: readonly T[], other: readonly T[], equal: Equal<T> = Object.is): boolean =>
  one.length === other.length && one.every((item, i) => equal(item, other[i] as T));

const sameCondition: Equal<Condition> = (one, other) =>
  one.operator === other.operator && one.key === other.key && sameItems(one.values, other.values);

const samePrincipal: Equal<PrincipalPattern> = (one, other) => JSON.stringify(one) === JSON.stringify(other);
