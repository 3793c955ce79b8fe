import { type Answer, type Unsure, unsure } from "./answer.ts";
import type { RequestContext } from "./context.ts";

/** A pattern with its variables filled in: literal text, and the two wildcards. */
export type Piece = { readonly text: string } | "*" | "?";

/** What variables are read from; `variables` says whether the document's Version has them at all. */
export interface Scope {
  readonly context: RequestContext;
  readonly variables: boolean;
  /** Is told of the work that is done, in steps. */
  readonly spend: Spend;
}

/** Throws to end the evaluation. */
export type Spend = (steps: number) => void;

/** An answer where no more need be asked: false when a variable has no value, for that matches nothing. */
export type Filled = Piece[] | Unsure | false;

const variableOrWildcard = /(\$\{[^}]*\}|[*?])/;
const wildcard = /([*?])/;

/**
 * Fills in `${key}`, `${key, 'default'}`, `${*}`, `${?}` and `${$}`. `wildcards` says whether a `*`
 * outside of them is one.
 */
export function fill(pattern: string, scope: Scope, wildcards: boolean): Filled {
  const pieces: Piece[] = [];
  scope.spend(pattern.length >> 5);
  const variables = scope.variables && pattern.includes("${");
  for (const part of pattern.split(variables ? variableOrWildcard : wildcard)) {
    if (wildcards && (part === "*" || part === "?")) pieces.push(part);
    else {
      const isVariable = variables && part.startsWith("${") && part.endsWith("}");
      const text = isVariable ? variableValue(part.slice(2, -1), scope.context, wildcards) : part;
      if (typeof text !== "string") return text;
      if (text !== "") pieces.push({ text });
    }
  }
  return pieces;
}

function variableValue(inner: string, context: RequestContext, wildcards: boolean): string | Unsure | false {
  if (inner === "*" || inner === "?" || inner === "$") return inner;
  const [, name = inner, fallback] = /^([^,]*)(?:,\s*'([^']*)'\s*)?$/.exec(inner) ?? [];
  const key = name.trim();
  if (context.clashes(key)) return unsure(`two tags differ only in the letter case of \`${key}\``);
  const value = context.get(key);
  if (value === undefined) return fallback ?? false;
  if (value === "")
    return unsure(`the policy variable \`${key}\` stands for an empty text, which may count as no value`);
  if (typeof value !== "string") return unsure(`the policy variable \`${key}\` stands for a list`);
  if (wildcards && /[*?]/.test(value)) return unsure(`the policy variable \`${key}\` stands for a wildcard`);
  return value;
}

/** So many looks cost a step; a look at a text is as many as there are groups of that size in it. */
const looksInStep = 32;

/**
 * Whether the pieces make up the whole text. No recursion: at a mismatch the last `*` takes one more character,
 * in the worst case as often as both are long.
 */
export function matchPieces(pieces: readonly Piece[], text: string, spend: Spend): boolean {
  let looks = 0;
  let piece = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  for (;;) {
    const next = pieces[piece];
    looks += typeof next === "object" ? 1 + next.text.length / looksInStep : 1;
    if (looks > looksInStep) {
      spend(1);
      looks -= looksInStep;
    }
    if (next === undefined) {
      if (at === text.length) return true;
    } else if (next === "*") {
      star = piece++;
      starAt = at;
      continue;
    } else if (next === "?") {
      if (at < text.length) {
        at++;
        piece++;
        continue;
      }
    } else if (text.startsWith(next.text, at)) {
      at += next.text.length;
      piece++;
      continue;
    }
    if (star < 0 || starAt >= text.length) return false;
    starAt++;
    at = starAt;
    piece = star + 1;
  }
}

/** Whether a text matches a pattern, `*` and `?` included. */
export function matchGlob(pattern: string, text: string, scope: Scope): Answer {
  const pieces = fill(pattern, scope, true);
  return Array.isArray(pieces) ? matchPieces(pieces, text, scope.spend) : pieces;
}
