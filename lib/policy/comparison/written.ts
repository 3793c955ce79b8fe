import type { Policy, PolicySet, PolicyVersion, Statement } from "../model.ts";

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

/** So many statements are looked at for one that says the same. */
const mostAhead = 400;

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
    while (same !== undefined && at < next + mostAhead && !sameWords(same, one)) same = before[++at];
    if (same === undefined || at === next + mostAhead) {
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
  const all: Written[] = [];
  const add = (policies: readonly Policy[], bounds: boolean): void => {
    for (const { statements, version } of policies)
      for (const statement of statements) all.push({ statement, version, boundary: bounds });
  };
  add(documents, false);
  add(boundary, true);
  return all;
}

const sameWords = (one: Written, other: Written): boolean =>
  one.version === other.version &&
  one.boundary === other.boundary &&
  (one.statement === other.statement || sameElements(one.statement, other.statement));

/** All but what they are called and where they stand. */
const sameElements = (one: Statement, other: Statement): boolean =>
  one.effect === other.effect &&
  isSame(one.actions, other.actions) &&
  isSame(one.resources, other.resources) &&
  isSame(one.conditions, other.conditions) &&
  isSame(one.principals, other.principals);

/** Of texts, and of lists and objects of them. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return false;
    for (let at = 0; at < one.length; at++) if (!isSame(one[at], other[at])) return false;
    return true;
  }
  for (const name in one) if (!isSame(one[name], other[name])) return false;
  for (const name in other) if (!(name in one)) return false;
  return true;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
