import { addStar, any, type Glob } from "./glob.ts";

/** What policy variables stand for, by their key in lower case; undefined: the request lacks the key. */
export type Assignment = ReadonlyMap<string, string | undefined>;

/** Undefined glob: matches nothing, since a variable has no value. */
export interface Filled {
  readonly glob: Glob | undefined;
  /**
   * The pattern holds a variable whose value is not known. The glob then has a star in its place: it
   * matches all that the pattern can match, for some value.
   */
  readonly open: boolean;
}

const variable = /\$\{\s*([^,{}]*?)\s*(?:,\s*'([^']*)'\s*)?\}/y;

/**
 * Reads a pattern's wildcards and policy variables. `${*}`, `${?}` and `${$}` are the characters themselves.
 * Without an assignment every variable stays open.
 */
export function fillTemplate(
  text: string,
  wildcards: boolean,
  variables: boolean,
  assignment: Assignment | undefined,
): Filled {
  const glob: number[] = [];
  let open = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 36 && variables && text.charCodeAt(at + 1) === 123) {
      variable.lastIndex = at;
      const found = variable.exec(text);
      if (found !== null) {
        at += found[0].length - 1;
        const key = (found[1] ?? "").toLowerCase();
        if (key === "*" || key === "?" || key === "$") {
          glob.push(key.charCodeAt(0));
          continue;
        }
        if (assignment?.has(key) !== true) {
          open = true;
          addStar(glob);
          continue;
        }
        const value = assignment.get(key) ?? found[2];
        if (value === undefined) return { glob: undefined, open: false };
        for (let i = 0; i < value.length; i++) glob.push(value.charCodeAt(i));
        continue;
      }
    }
    if (wildcards && character === 42) addStar(glob);
    else glob.push(wildcards && character === 63 ? any : character);
  }
  return { glob, open };
}

/** The keys, in lower case, whose values a pattern's variables stand for, each with its default. */
export function variablesOf(text: string): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (let at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
    variable.lastIndex = at;
    const match = variable.exec(text);
    const key = match?.[1]?.toLowerCase();
    if (key !== undefined && key !== "*" && key !== "?" && key !== "$") found.set(key, match?.[2]);
  }
  return found;
}

/** The same text for all spellings of its variables' keys, whose letter case does not count. */
export const foldVariables = (text: string): string =>
  text.replace(/\$\{\s*([^,{}]*?)\s*(?=[,}])/g, (_, key: string) => `\${${key.toLowerCase()}`);
