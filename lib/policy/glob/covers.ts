import type { Budget } from "../comparison/budget.ts";

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
  const [pattern, text] = [tokensOf(outer), tokensOf(inner)];
  if (pattern === undefined || text === undefined) return false;
  // `row[j]`: the pattern up to here matches the first j tokens of the text.
  let row = text.map(() => false);
  row.unshift(true);
  for (const token of pattern) {
    budget.spend(1 + (text.length >> 3));
    const next = row.map(() => false);
    for (let j = 0; j < next.length; j++) {
      const last = text[j - 1];
      const isTaken = last !== undefined && takes(token, last);
      next[j] = isStar(token)
        ? row[j] === true || (isTaken && next[j - 1] === true)
        : isTaken && row[j - 1] === true;
    }
    if (!next.includes(true)) return false;
    row = next;
  }
  return row.at(-1) === true;
}

/** Wildcards of an ARN's first five fields, which stop at a colon, and wildcards that do not. */
const [fieldStar, fieldAny, star, any] = ["f*", "f?", "w*", "w?"];

const isStar = (token: string): boolean => token === star || token === fieldStar;

/**
 * The characters, variables and wildcards of a pattern; undefined for an ARN of fewer than six fields.
 * INVARIANT: a variable that stands for colons moves what follows into later fields, on both sides alike:
 * in the first five fields nothing but the variable itself takes it.
 */
function tokensOf({ text, wildcards, fields }: Template): readonly string[] | undefined {
  const written = text.match(/\$\{[^{}]*\}|./gs) ?? [];
  if (fields && written.filter((token) => token === ":").length < 5) return undefined;
  let colons = 0;
  return written.map((token) => {
    if (token === ":") colons++;
    if (!wildcards || (token !== "*" && token !== "?")) return token;
    const isField = fields && colons < 5;
    return token === "*" ? (isField ? fieldStar : star) : isField ? fieldAny : any;
  });
}

/** Whether a token of the outer pattern takes all that one of the inner may be. */
function takes(outer: string, inner: string): boolean {
  if (outer === star || outer === inner) return true;
  const isVariable = inner.startsWith("${");
  if (outer === any) return !isVariable && !isStar(inner);
  if (outer === fieldStar) return inner !== ":" && inner !== star && inner !== any && !isVariable;
  return outer === fieldAny && inner.length === 1 && inner !== ":";
}
