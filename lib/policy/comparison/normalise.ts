import type { Condition, Matcher, Operator, PolicyVersion, PrincipalPattern, Statement } from "../model.ts";

/** A list of patterns in one form, with a key that equal lists share. */
export class TextList {
  readonly not: boolean;
  readonly texts: readonly string[];
  /** Whether `${` in it is a variable; undefined when none of the texts holds one. */
  readonly version: PolicyVersion | undefined;
  readonly key: string;
  #members: ReadonlySet<string> | undefined;
  #asked = 0;
  #wild: readonly string[] | undefined;

  constructor(not: boolean, texts: readonly string[], version: PolicyVersion | undefined, joined: string) {
    this.not = not;
    this.texts = texts;
    this.version = version;
    this.key = `${not ? "!" : ""}${joined}${version === undefined ? "" : `\n${version}`}`;
  }

  has(text: string): boolean {
    // To hash them all is worth it for those who ask often.
    if (this.#asked++ < 8) return this.texts.includes(text);
    this.#members ??= new Set(this.texts);
    return this.#members.has(text);
  }

  /** Those that can match more than their own text. */
  get wild(): readonly string[] {
    this.#wild ??= this.texts.filter(isWild);
    return this.#wild;
  }
}

export const isWild = (text: string): boolean =>
  text.includes("*") || text.includes("?") || holdsVariable(text);

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
  readonly version: PolicyVersion | undefined;
  readonly id: string;
}

/** A statement without what does not change its meaning: Sid, order, duplicates, letter case of names. */
export interface PlainStatement {
  readonly deny: boolean;
  readonly actions: TextList;
  readonly resources: TextList | undefined;
  readonly principals: PrincipalList | undefined;
  readonly tests: readonly PlainTest[];
}

export function normalise(statement: Statement, version: PolicyVersion): PlainStatement {
  const tests = statement.conditions.map((condition) => plainTest(condition, version));
  const sorted = tests.length > 1 ? tests.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) : tests;
  return {
    deny: statement.effect === "Deny",
    actions: actionList(statement.actions),
    resources: statement.resources && resourceList(statement.resources, version),
    principals: statement.principals && principalList(statement.principals),
    tests: sorted,
  };
}

export function plainTest({ operator, key, values: written }: Condition, version: PolicyVersion): PlainTest {
  const values = written.length > 1 ? [...new Set(written)].sort() : written;
  const held = values.some(holdsVariable) ? version : undefined;
  const id = `${operator.set ?? ""}:${operator.name}${operator.ifExists ? "?" : ""}:${key.toLowerCase()}=${JSON.stringify(values)}${held ?? ""}`;
  return { operator, key, values, version: held, id };
}

const holdsVariable = (text: string): boolean => text.includes("${");

/** Letter case does not count. All patterns are made lower case at once: actions hold no line breaks. */
function actionList({ not, patterns }: Matcher<string>): TextList {
  const joined = oneStar(patterns.join("\n").toLowerCase());
  const written = patterns.length === 0 ? [] : joined.split("\n");
  const texts = joined.includes("?") || joined.includes("*:") ? written.map(shortest) : written;
  // The order of a plain list never matters: what stands on one side only is asked text by text.
  const sorted = not ? inOrder(texts) : texts;
  return new TextList(not, sorted, undefined, sorted.join("\n"));
}

/** `*?*` is `?*`. An action has a service and a name: so `s3:?*` is `s3:*`, and `*:*` is `*`. */
function shortest(action: string): string {
  const short = action
    .replace(/[*?]*\*[*?]*/g, (run) => `${run.replaceAll("*", "")}*`)
    .replace(/(^|:)\?\*(?=:|$)/g, "$1*");
  return short === "*:*" ? "*" : short;
}

function resourceList({ not, patterns }: Matcher<string>, version: PolicyVersion): TextList {
  const texts = inOrder(patterns.map(oneStar));
  // INVARIANT: unambiguous. No text is empty, so only quoted lists begin with a line break.
  const joined = texts.some((text) => text.includes("\n")) ? `\n${JSON.stringify(texts)}` : texts.join("\n");
  return new TextList(not, texts, holdsVariable(joined) ? version : undefined, joined);
}

const oneStar = (text: string): string => (text.includes("**") ? text.replace(/\*\*+/g, "*") : text);

/** Sorted, without duplicates: most lists are so as they are written. */
function inOrder(texts: readonly string[]): readonly string[] {
  for (let i = 1; i < texts.length; i++) {
    if ((texts[i - 1] ?? "") >= (texts[i] ?? "")) return [...new Set(texts)].sort();
  }
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
