import type { Budget } from "../comparison/budget.ts";

/**
 * A pattern as a list of tokens: a code unit (0 and up) stands for itself, the rest are wildcards.
 * `anyInField` and `starInField` stop at a colon: wildcards of the first five fields of an ARN do.
 */
export type Glob = readonly number[];

export const any = -1;
export const star = -2;
export const anyInField = -3;
export const starInField = -4;
/** Added to the code unit of a lower-case letter that stands for both its cases. */
export const eitherCase = 0x10000;

export const colon = 58;

export const isStar = (token: number): boolean => token === star || token === starInField;

/** Does a token that is not a star take this character? */
export function takes(token: number, character: number): boolean {
  if (token === character || token === any) return true;
  if (token === anyInField) return character !== colon;
  return token >= eitherCase && lower(character) === token - eitherCase;
}

const lower = (character: number): number =>
  character < 128
    ? character >= 65 && character <= 90
      ? character + 32
      : character
    : inCase(character, (letter) => letter.toLowerCase());

export const upper = (character: number): number =>
  character < 128
    ? character >= 97 && character <= 122
      ? character - 32
      : character
    : inCase(character, (letter) => letter.toUpperCase());

function inCase(character: number, fold: (letter: string) => string): number {
  const letter = String.fromCharCode(character);
  return isOddLetter(letter) ? character : fold(letter).charCodeAt(0);
}

/**
 * A letter with case beyond those that are two and no more: ASCII's, Western Europe's, Russian. Others have
 * three forms (`ǆ`, `σ`), cases of two letters (`ß`, `İ`), or share one (the Kelvin sign).
 */
export const isOddLetter = (letter: string): boolean =>
  letter.toLowerCase() !== letter.toUpperCase() &&
  !/^[A-Za-zÀ-ÞàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþА-Яа-я]$/.test(letter);

/** A character that is none of these, which reads well if there is one. */
export function freeCharacter(taken: ReadonlySet<number>): number {
  let free = fillers.find((character) => !taken.has(character)) ?? 0xa1;
  while (taken.has(free)) free++;
  return free;
}

const fillers: readonly number[] = Array.from(
  "xyzw0123456789abcdefghijklmnopqrstuv-_ABCDEFGHIJKLMNOPQRSTUVWXYZ.",
  (character) => character.charCodeAt(0),
);

/** Every character stands for itself. */
export function literal(text: string): Glob {
  const glob: number[] = [];
  for (let i = 0; i < text.length; i++) glob.push(text.charCodeAt(i));
  return glob;
}

/** The text of tokens without wildcards, of any length. */
export function textOf(characters: Glob): string {
  let text = "";
  for (const character of characters) text += String.fromCharCode(character);
  return text;
}

/** Two stars in a row mean what one does. */
export function addStar(glob: number[]): void {
  if (glob.at(-1) !== star) glob.push(star);
}

/** The same wildcard, but one that stops at a colon. */
export const withinField = (token: number): number =>
  token === star ? starInField : token === any ? anyInField : token;

export const ignoringCase = (glob: Glob): Glob =>
  glob.map((token) => {
    if (token < 0) return token;
    const small = lower(token);
    return upper(small) === small ? token : small + eitherCase;
  });

/**
 * Does the pattern match the whole text? Backtracks to the last star only, or over fields that ended: in the
 * worst case as often as both are long, which costs steps. Without a budget: for what is known to be short.
 */
export function matches(glob: Glob, text: string, budget?: Budget): boolean {
  let looks = 0;
  let at = 0;
  let token = 0;
  let starToken = -1;
  let starAt = 0;
  for (;;) {
    if (++looks % looksInStep === 0) budget?.spend(1);
    const next = glob[token];
    if (next === undefined ? at === text.length : isStar(next)) {
      if (next === undefined) return true;
      starToken = token++;
      starAt = at;
      continue;
    }
    if (next !== undefined && at < text.length && takes(next, text.charCodeAt(at))) {
      at++;
      token++;
      continue;
    }
    // INVARIANT: an earlier star can do nothing that the last one cannot, since every literal between
    // them was matched at its first place; a star in a field cannot pass a colon.
    if (starToken < 0 || starAt >= text.length) return false;
    if (glob[starToken] === starInField && text.charCodeAt(starAt) === colon) return false;
    at = ++starAt;
    token = starToken + 1;
  }
}

/** So many looks at single tokens cost a step. */
const looksInStep = 32;

/** Is there a text that both patterns match? */
export function overlap(first: Glob, second: Glob, budget: Budget): boolean {
  // Most pairs differ in their first letters.
  for (let i = 0; i < first.length && i < second.length; i++) {
    const one = first[i] ?? any;
    const other = second[i] ?? any;
    if (isStar(one) || isStar(other)) break;
    if (!share(one, other)) return false;
  }
  // `row[j]`: some text leads to token i of the first pattern and to token j of the second.
  let row = new Uint8Array(second.length + 1);
  row[0] = 1;
  for (let i = 0; i <= first.length; i++) {
    const before = i === 0 ? undefined : first[i - 1];
    const here = first[i];
    budget.spend(Math.floor(second.length / looksInStep));
    const next = i === 0 ? row : new Uint8Array(second.length + 1);
    let alive = false;
    for (let j = 0; j <= second.length; j++) {
      const left = second[j - 1];
      const right = second[j];
      if (
        (row[j] === 1 && before !== undefined && (isStar(before) || isSwallowed(before, right))) ||
        (left !== undefined && next[j - 1] === 1 && (isStar(left) || isSwallowed(left, here))) ||
        (left !== undefined && before !== undefined && row[j - 1] === 1 && share(before, left))
      ) {
        next[j] = 1;
      }
      if (next[j] === 1) alive = true;
    }
    if (!alive) return false;
    row = next;
  }
  return row[second.length] === 1;
}

/** Can the star take what the token takes? */
const isSwallowed = (token: number, by: number | undefined): boolean =>
  by !== undefined && isStar(by) && share(token, by);

/** Is there a character that both tokens take? */
function share(first: number, second: number): boolean {
  if (first >= 0 && second >= 0) {
    if (first === second) return true;
    return first >= eitherCase ? takes(first, second % eitherCase) : takes(second, first);
  }
  const literal = Math.max(first, second);
  return literal !== colon || Math.min(first, second) >= star;
}
