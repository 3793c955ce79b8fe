import type { Matcher, Policy, PolicySet, PolicyVersion, Statement } from "../model.ts";

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
        sameTexts(a.actions, b.actions) &&
        sameTexts(a.resources, b.resources) &&
        textOfRest(a) === textOfRest(b)))
  );
}

/** These lists can be long. */
function sameTexts(one: Matcher<string> | undefined, other: Matcher<string> | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.not === other.not &&
    one.patterns.length === other.patterns.length &&
    one.patterns.every((text, i) => text === other.patterns[i])
  );
}

const textOfRest = ({ principals, conditions }: Statement): string =>
  JSON.stringify([principals, conditions]);
