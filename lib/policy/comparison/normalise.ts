import type { Matcher, Operator, Policy, PrincipalPattern, Statement } from "../model.ts";

/** A list of patterns in one form: sorted, without duplicates, with a key that equal lists share. */
export interface TextList {
  readonly not: boolean;
  readonly texts: readonly string[];
  readonly members: ReadonlySet<string>;
  /** Whether `${` in it is a variable; undefined when none of the texts holds one. */
  readonly version: Policy["version"] | undefined;
  readonly key: string;
}

export interface PrincipalList {
  readonly not: boolean;
  readonly patterns: readonly PrincipalPattern[];
  readonly key: string;
}

/** One operator on one key. */
export interface PlainTest {
  readonly operator: Operator;
  /** As written first; tests compare it in lower case. */
  readonly key: string;
  readonly values: readonly string[];
  readonly version: Policy["version"] | undefined;
  readonly id: string;
}

/** A statement without what does not change its meaning: Sid, order, duplicates, letter case of names. */
export interface PlainStatement {
  readonly deny: boolean;
  readonly actions: TextList;
  readonly resources: TextList | undefined;
  readonly principals: PrincipalList | undefined;
  readonly tests: readonly PlainTest[];
  readonly source: Statement;
}

const known = new WeakMap<Policy, readonly PlainStatement[]>();

/** The normal form of a policy's statements; remembered, so that a baseline is brought into it once. */
export function normalise(policy: Policy): readonly PlainStatement[] {
  let plain = known.get(policy);
  if (plain === undefined) {
    plain = policy.statements.map((statement) => normaliseStatement(statement, policy.version));
    known.set(policy, plain);
  }
  return plain;
}

function normaliseStatement(statement: Statement, version: Policy["version"]): PlainStatement {
  const tests = statement.conditions.map((condition): PlainTest => {
    const { operator } = condition;
    const values = condition.values.length > 1 ? [...new Set(condition.values)].sort() : condition.values;
    const held = values.some(holdsVariable) ? version : undefined;
    const id = `${operator.set ?? ""}:${operator.name}${operator.ifExists ? "?" : ""}:${condition.key.toLowerCase()}=${JSON.stringify(values)}${held ?? ""}`;
    return { operator, key: condition.key, values, version: held, id };
  });
  const sorted = tests.length > 1 ? tests.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) : tests;
  return {
    deny: statement.effect === "Deny",
    actions: textList(statement.actions, version, true),
    resources: statement.resources && textList(statement.resources, version, false),
    principals: statement.principals && principalList(statement.principals),
    tests: sorted,
    source: statement,
  };
}

const holdsVariable = (text: string): boolean => text.includes("${");

function textList(matcher: Matcher<string>, version: Policy["version"], fold: boolean): TextList {
  const unique = new Set<string>();
  let held = false;
  for (const pattern of matcher.patterns) {
    const text = pattern.includes("**") ? pattern.replace(/\*\*+/g, "*") : pattern;
    unique.add(fold ? foldAction(text) : text);
    if (!fold && holdsVariable(text)) held = true;
  }
  const texts = inOrder([...unique]);
  // INVARIANT: unambiguous. No text is empty, so only quoted lists begin with a line break; actions have none.
  const joined =
    !fold && texts.some((text) => text.includes("\n")) ? `\n${JSON.stringify(texts)}` : texts.join("\n");
  const key = `${matcher.not ? "!" : ""}${joined}${held ? `\n${version}` : ""}`;
  return { not: matcher.not, texts, members: unique, version: held ? version : undefined, key };
}

/** Letter case does not count, and an action has a service and a name: so `s3:?*` is `s3:*`, and `*:*` is `*`. */
function foldAction(text: string): string {
  const action = text.toLowerCase();
  if (!action.includes(":*") && !action.includes(":?")) return action;
  const short = action.replace(/:(?:\?\*|\*\?)$/, ":*");
  return /^(?:\*|\?\*|\*\?):\*$/.test(short) ? "*" : short;
}

/** Most lists are in order as they are written. */
function inOrder(texts: string[]): readonly string[] {
  for (let i = 1; i < texts.length; i++) if ((texts[i - 1] ?? "") > (texts[i] ?? "")) return texts.sort();
  return texts;
}

function principalList(matcher: Matcher<PrincipalPattern>): PrincipalList {
  const byKey = new Map(matcher.patterns.map((pattern) => [principalKey(pattern), pattern]));
  const keys = [...byKey.keys()].sort();
  return {
    not: matcher.not,
    patterns: [...byKey.values()],
    key: `${matcher.not ? "!" : ""}${JSON.stringify(keys)}`,
  };
}

const principalKey = (pattern: PrincipalPattern): string =>
  pattern.type === "everyone" ? "*" : `${pattern.type}:${pattern.id}`;
