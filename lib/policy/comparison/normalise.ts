import type { Condition, Matcher, PolicyVersion, PrincipalPattern } from "../model.ts";

/**
 * A list without what does not change its meaning: duplicates, letter case of names and, where it cannot
 * matter, order. Lists with the same key are equal.
 */
interface List {
  readonly not: boolean;
  readonly key: string;
}

export interface TextList extends List {
  readonly texts: readonly string[];
  /** Whether `${` in it is a variable; undefined when none of the texts holds one. */
  readonly version: PolicyVersion | undefined;
}

export interface PrincipalList extends List {
  readonly patterns: readonly PrincipalPattern[];
}

export const isWild = (text: string): boolean =>
  text.includes("*") || text.includes("?") || holdsVariable(text);

const holdsVariable = (text: string): boolean => text.includes("${");

/**
 * Letter case does not count. All patterns are made lower case at once: actions hold no line breaks.
 * `dropsSpaces` is asked when a space stands in one.
 */
export function actionList({ not, patterns }: Matcher<string>, dropsSpaces: () => boolean): TextList {
  let joined = oneStar(patterns.join("\n").toLowerCase());
  if (joined.includes(" ") && dropsSpaces()) joined = joined.replaceAll(" ", "");
  let texts: readonly string[] = patterns.length === 0 ? [] : joined.split("\n");
  if (joined.includes("?") || joined.includes("*:")) texts = texts.map(shortest);
  // The order of a plain list never matters: what stands on one side only is asked text by text.
  if (not) texts = inOrder(texts);
  return { not, texts, version: undefined, key: `${not}${not ? texts.join("\n") : joined}` };
}

/** `*?*` is `?*`. An action has a service and a name: so `s3:?*` is `s3:*`, and `*:*` is `*`. */
function shortest(action: string): string {
  const short = action
    .replace(/[*?]+/g, (run) => (run.includes("*") ? `${run.replaceAll("*", "")}*` : run))
    .replace(/(^|:)\?\*(?=:|$)/g, "$1*");
  return short === "*:*" ? "*" : short;
}

export function resourceList({ not, patterns }: Matcher<string>, written: PolicyVersion): TextList {
  const texts = inOrder(patterns.map(oneStar));
  const version = texts.some(holdsVariable) ? written : undefined;
  return { not, texts, version, key: `${not}${version}${JSON.stringify(texts)}` };
}

const oneStar = (text: string): string => (text.includes("**") ? text.replace(/\*\*+/g, "*") : text);

export function principalList({ not, patterns }: Matcher<PrincipalPattern>): PrincipalList {
  const keys = patterns.map((pattern) =>
    pattern.type === "everyone" ? "*" : `${pattern.type}:${pattern.id}`,
  );
  return { not, patterns, key: `${not}${JSON.stringify(inOrder(keys))}` };
}

/** One operator on one key; those with the same `id` are equal. */
export interface PlainTest extends Condition {
  readonly version: PolicyVersion | undefined;
  readonly id: string;
}

/** The conditions of a statement, in an order that does not hang on how they are written. */
export const plainTests = (conditions: readonly Condition[], version: PolicyVersion): readonly PlainTest[] =>
  conditions
    .map((condition) => plainTest(condition, version))
    .sort((one, other) => (one.id < other.id ? -1 : 1));

export function plainTest({ operator, key, values: written }: Condition, of: PolicyVersion): PlainTest {
  const { set, name, ifExists } = operator;
  const values = inOrder(written);
  const version = values.some(holdsVariable) ? of : undefined;
  const id = `${set ?? ""}:${name}${ifExists ? "?" : ""}:${key.toLowerCase()}=${JSON.stringify(values)}${version}`;
  return { operator, key, values, version, id };
}

/** Sorted, without duplicates: most lists are so as they are written. */
function inOrder(texts: readonly string[]): readonly string[] {
  for (let i = 1; i < texts.length; i++) {
    if ((texts[i - 1] ?? "") >= (texts[i] ?? "")) return [...new Set(texts)].sort();
  }
  return texts;
}
