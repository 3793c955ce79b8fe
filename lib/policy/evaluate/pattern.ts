import { type Answer, type Unsure, unsure } from "./answer.ts";
import type { RequestContext } from "./context.ts";

/** A pattern with its variables filled in: literal text, and the two wildcards. */
export type Piece = { readonly text: string } | "*" | "?";

/** What variables are read from; `variables` says whether the document's Version has them at all. */
export interface Scope {
  readonly context: RequestContext;
  readonly variables: boolean;
}

/** Undefined when a variable has no value: such a pattern matches nothing. */
export type Filled = readonly Piece[] | Unsure | undefined;

/**
 * Fills in `${key}`, `${key, 'default'}`, `${*}`, `${?}` and `${$}`. `wildcards` says whether a `*`
 * outside of them is one.
 */
export function fill(pattern: string, scope: Scope, wildcards: boolean): Filled {
  const pieces: Piece[] = [];
  const literal = (text: string): void => {
    if (text !== "") pieces.push({ text });
  };
  let plain = "";
  for (let at = 0; at < pattern.length; ) {
    const mark = pattern.charAt(at);
    if (scope.variables && pattern.startsWith("${", at)) {
      const end = pattern.indexOf("}", at);
      if (end < 0) return unsure("a policy variable lacks its `}`");
      const value = variableValue(pattern.slice(at + 2, end), scope.context, wildcards);
      if (typeof value !== "string") return value;
      plain += value;
      at = end + 1;
    } else if (wildcards && (mark === "*" || mark === "?")) {
      literal(plain);
      plain = "";
      pieces.push(mark);
      at++;
    } else {
      const next = pattern.slice(at + 1).search(/[*?$]/);
      const end = next < 0 ? pattern.length : at + 1 + next;
      plain += pattern.slice(at, end);
      at = end;
    }
  }
  literal(plain);
  return pieces;
}

function variableValue(
  inner: string,
  context: RequestContext,
  wildcards: boolean,
): string | Unsure | undefined {
  if (inner === "*" || inner === "?" || inner === "$") return inner;
  const parts = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner);
  if (parts?.[1] === undefined) return unsure(`\`\${${inner}}\` is not a policy variable`);
  const [, key, fallback] = parts;
  if (context.clashes(key)) return unsure(`two tags differ only in the letter case of \`${key}\``);
  const value = context.get(key);
  if (value === undefined) return fallback;
  if (value === "")
    return unsure(`the policy variable \`${key}\` stands for an empty text, which may count as no value`);
  if (typeof value !== "string") return unsure(`the policy variable \`${key}\` stands for a list`);
  if (wildcards && /[*?]/.test(value)) return unsure(`the policy variable \`${key}\` stands for a wildcard`);
  return value;
}

/** Whether the pieces make up the whole text. No recursion: at a mismatch the last `*` takes one more character. */
export function matchPieces(pieces: readonly Piece[], text: string): boolean {
  let piece = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  for (;;) {
    const next = pieces[piece];
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

/** Whether a text matches a pattern, `*` and `?` included. A pattern with a variable that has no value matches nothing. */
export function matchGlob(pattern: string, text: string, scope: Scope): Answer {
  const pieces = fill(pattern, scope, true);
  if (pieces === undefined) return false;
  return "unsure" in pieces ? pieces : matchPieces(pieces, text);
}

/** Whether a text is exactly the pattern, which has variables but no wildcards. */
export function matchText(
  pattern: string,
  text: string,
  scope: Scope,
  same: (a: string, b: string) => Answer,
): Answer {
  const pieces = fill(pattern, scope, false);
  if (pieces === undefined) return false;
  if ("unsure" in pieces) return pieces;
  return same(pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join(""), text);
}
