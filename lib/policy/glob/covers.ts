import type { Budget } from "../comparison/budget.ts";
import { arnGlob, hasFewFields } from "./arn.ts";
import { any, colon, type Glob, isStar, star } from "./glob.ts";

/** A pattern with variables, in the spelling of `foldVariables`; `fields`: as an ARN, `wildcards`: it has some. */
export interface Template {
  readonly text: string;
  readonly wildcards: boolean;
  readonly fields: boolean;
}

/**
 * Whether a pattern is known to match whatever another does, whatever their variables stand for:
 * `home/${aws:username}*` covers `home/${aws:username}/docs/*`. Errs towards no.
 */
export function covers(outer: Template, inner: Template, budget: Budget): boolean {
  budget.spend(1);
  // Most pairs differ before the first wildcard: what stands there, variables too, takes but itself.
  const start = outer.wildcards ? /^(?:\$\{[^{}]*\}|[^*?])*/.exec(outer.text)?.[0] : outer.text;
  if (outer.fields !== inner.fields || !inner.text.startsWith(start ?? "")) return false;
  const variables = new Map<string, number>();
  const pattern = tokensOf(outer, variables);
  const text = tokensOf(inner, variables);
  if (pattern === undefined || text === undefined) return false;
  /** How many tokens of the text the pattern can match up to here, in ascending order. */
  let places = [0];
  for (const token of pattern) {
    budget.spend(1 + (text.length >> 3));
    const next: number[] = [];
    for (const place of places) {
      if (!isStar(token)) {
        if (takes(token, text[place])) next.push(place + 1);
      } else if ((next.at(-1) ?? -1) < place) {
        next.push(place);
        for (let end = place; takes(token, text[end]); ) next.push(++end);
      }
    }
    places = next;
  }
  return places.at(-1) === text.length;
}

/**
 * A pattern in which each variable is one token, of a number above all characters. INVARIANT: a variable that
 * stands for colons moves what follows into later fields, on both sides alike: in the first five fields nothing
 * but the variable itself takes it. Undefined for an ARN of fewer than six fields.
 */
function tokensOf({ text, wildcards, fields }: Template, variables: Map<string, number>): Glob | undefined {
  const glob = (text.match(/\$\{[^{}]*\}|./gs) ?? []).map((token) => {
    if (wildcards && token === "*") return star;
    if (wildcards && token === "?") return any;
    if (token.length === 1) return token.charCodeAt(0);
    const number = variables.get(token) ?? firstVariable + variables.size;
    variables.set(token, number);
    return number;
  });
  if (!fields) return glob;
  return hasFewFields(glob) ? undefined : arnGlob(glob, false);
}

const firstVariable = 0x10000;

/** Whether a token of the outer pattern takes all that one of the inner may be. */
function takes(outer: number, inner: number | undefined): boolean {
  if (inner === undefined) return false;
  if (outer === star || outer === inner) return true;
  if (inner === any || isStar(inner) || inner >= firstVariable) return false;
  return outer === any || (outer < star && inner !== colon);
}
