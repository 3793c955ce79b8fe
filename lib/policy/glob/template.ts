import { addStar, any, type Glob, literal } from "./glob.ts";

/** What policy variables stand for, by their key in lower case; undefined: the request lacks the key. */
export type Assignment = ReadonlyMap<string, string | undefined>;

/** Undefined glob: matches nothing, since a variable has no value. */
export interface Filled {
  readonly glob: Glob | undefined;
  /**
   * Where the first variable stands whose value is not known, if there is one. The glob has a star in the
   * place of each: it matches all that the pattern can match, for some value.
   */
  readonly openAt: number | undefined;
}

/** How variables are read; without an assignment every variable stays open. */
export interface Variables {
  readonly tagCaseFolds: boolean;
  readonly assignment: Assignment | undefined;
}

/** A key, with what spaces are around it, and a default. Fails at once where it does: it is put to hostile texts. */
const variable = /\$\{([^,{}]*)(?:,\s*'([^'}]*)'\s*)?\}/g;
const nextVariable = new RegExp(variable, "y");

/**
 * Reads a pattern's wildcards and policy variables; false: it has no variables. `${*}`, `${?}` and `${$}`
 * are the characters themselves.
 */
export function fillTemplate(text: string, wildcards: boolean, variables: Variables | false): Filled {
  const glob: number[] = [];
  let openAt: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 36 && variables !== false && text.charCodeAt(at + 1) === 123) {
      nextVariable.lastIndex = at;
      const found = nextVariable.exec(text);
      if (found !== null) {
        const { tagCaseFolds, assignment } = variables;
        at += found[0].length - 1;
        const written = found[1]?.trim() ?? "";
        if (isCharacter(written)) {
          glob.push(written.charCodeAt(0));
          continue;
        }
        const key = foldKey(written, tagCaseFolds);
        if (assignment?.has(key) !== true) {
          addStar(glob);
          openAt ??= glob.length - 1;
          continue;
        }
        const value = assignment.get(key) ?? found[2];
        if (value === undefined) return { glob: undefined, openAt: undefined };
        for (const token of literal(value)) glob.push(token);
        continue;
      }
    }
    if (wildcards && character === 42) addStar(glob);
    else glob.push(wildcards && character === 63 ? any : character);
  }
  return { glob, openAt };
}

/** `*` and `?` are wildcards, all else stands for itself. */
export const wildcard = (text: string): Glob => fillTemplate(text, true, false).glob ?? [];

/** `${*}`, `${?}` and `${$}` are the characters themselves. */
export const isCharacter = (inner: string): boolean => inner === "*" || inner === "?" || inner === "$";

/** The keys, as written, whose values a pattern's variables stand for, each with its default. */
export function variablesOf(text: string): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  if (!text.includes("${")) return found;
  for (const [, inner = "", fallback] of text.matchAll(variable)) {
    const key = inner.trim();
    if (!isCharacter(key)) found.set(key, fallback);
  }
  return found;
}

/** The text with something else in place of each `${…}`. */
export const replaceVariables = (
  text: string,
  put: (key: string, fallback: string | undefined) => string,
): string =>
  text.replace(variable, (_, key: string, fallback: string | undefined) => put(key.trim(), fallback));

/** The same text for all spellings of its variables. */
export const foldVariables = (text: string, tagCaseFolds: boolean): string =>
  replaceVariables(text, (key, fallback) => {
    return `\${${foldKey(key, tagCaseFolds)}${fallback === undefined ? "" : `,'${fallback}'`}}`;
  });

/**
 * The name of a key ignores letter case. Whether the tag's key in it (`aws:RequestTag/Team`) does too is one
 * of the questions.
 */
export function foldKey(key: string, tagCaseFolds: boolean): string {
  const slash = tagCaseFolds ? -1 : key.indexOf("/");
  return slash < 0 ? key.toLowerCase() : key.slice(0, slash).toLowerCase() + key.slice(slash);
}
