import type { Pattern } from "../glob/pattern.ts";
import { type Directions, directionOf, type Sides, type Step } from "./cells.ts";
import { isWild, type TextList } from "./normalise.ts";

/** A step that is decided by a text of the request: its action, or its resource. */
export interface TextStep<N extends Step> extends Step {
  /** Undefined: matches all. */
  readonly list: TextList | undefined;
  readonly next: N;
}

interface TextPattern {
  /** Left out: matches nothing. */
  readonly pattern?: Pattern;
  /** Says what has to be guessed when what the pattern matches may or may not be matched. */
  readonly guess?: string;
}

/** How actions and resources differ. */
export interface TextDimension<N extends Step> {
  parse(text: string, list: TextList): TextPattern;
  /** Patterns of different worlds match no text in common (an action's service); undefined: of all worlds. */
  readonly world: (text: string) => string | undefined;
  withGuess(step: N, text: string, expected: boolean): N;
}

/** What leads to one step on one side. */
export interface GroupSide {
  readonly plain: TextList[];
  readonly negated: TextList[];
  /** All texts do. */
  whole: boolean;
}

/** All steps that go on in the same way. */
export interface Group<N> {
  readonly next: N;
  readonly sides: readonly [GroupSide, GroupSide];
}

export function groupSteps<N extends Step>(sides: Sides<TextStep<N>>): readonly Group<N>[] {
  const groups = new Map<N, Group<N>>();
  for (const at of [0, 1] as const) {
    for (const { list, next } of sides[at]) {
      let group = groups.get(next);
      if (group === undefined) {
        group = { next, sides: [emptySide(), emptySide()] };
        groups.set(next, group);
      }
      const side = group.sides[at];
      if (list === undefined || (!list.not && list.texts.includes("*"))) side.whole = true;
      else (list.not ? side.negated : side.plain).push(list);
    }
  }
  return [...groups.values()];
}

const emptySide = (): GroupSide => ({ plain: [], negated: [], whole: false });

/** One text under two Versions is two patterns if it holds a `${`. */
export const keyOfText = (text: string, list: TextList): string =>
  list.version === "2008-10-17" && text.includes("${") ? `${text}\n` : text;

/** Patterns that stand on one side only: where nothing of them matches, no direction is open. */
export interface Wanted {
  /** By `keyOfText`. */
  readonly texts: ReadonlySet<string>;
  /** Every text has to be looked at. */
  readonly everything: boolean;
  /** The worlds of the texts, and that of the patterns of all of them; undefined: any. */
  readonly worlds: ReadonlySet<string | undefined> | undefined;
  /** Whether a pattern can match a text that is looked at, by a quick look that errs towards yes. */
  readonly concerns: (text: string) => boolean;
}

export function wantedTexts<N extends Step>(
  { world }: TextDimension<N>,
  groups: readonly Group<N>[],
  directions: Directions,
): Wanted {
  const texts = new Set<string>();
  let everything = false;
  for (const { next, sides } of groups) {
    for (const at of [0, 1] as const) {
      const own = sides[at];
      const other = sides[at === 0 ? 1 : 0];
      // What a Deny matches more on one side, the other side may allow more.
      const direction = directionOf(next.deny ? 1 - at : at);
      if ((direction & directions) === 0 || other.whole) continue;
      if (own.whole || own.negated.some((list) => !other.negated.includes(list))) everything = true;
      for (const list of own.plain) {
        if (other.plain.includes(list)) continue;
        for (const text of textsLeft(list, other.plain)) texts.add(keyOfText(text, list));
      }
    }
  }
  const found = new Set([...texts].map(world));
  // A pattern of all worlds always matters.
  const worlds = everything || found.has(undefined) ? undefined : found.add(undefined);
  // Where only single texts are looked at, no other single text can matter.
  const literal = !everything && ![...texts].some(isWild);
  const concerns = (text: string): boolean => {
    if (literal && !isWild(text)) return texts.has(text);
    return worlds === undefined || worlds.has(world(text));
  };
  return { texts, everything, worlds, concerns };
}

/** The texts of a list that none of the others holds. */
function textsLeft({ texts, version }: TextList, others: readonly TextList[]): Iterable<string> {
  let left: Set<string> | undefined;
  for (const other of others) {
    if (other.version !== version) continue;
    // Most lists were made of the other: they begin and end alike.
    const [before, after] = left === undefined ? inCommon(texts, other.texts) : [0, 0];
    left ??= new Set(texts.slice(before, texts.length - after));
    for (let at = before; at < other.texts.length - after; at++) left.delete(other.texts[at] ?? "");
  }
  return left ?? texts;
}

/** With how many texts both lists begin, and with how many more both end. */
function inCommon(one: readonly string[], other: readonly string[]): readonly [number, number] {
  const most = Math.min(one.length, other.length);
  let before = 0;
  while (before < most && one[before] === other[before]) before++;
  let after = 0;
  while (after < most - before && one.at(-1 - after) === other.at(-1 - after)) after++;
  return [before, after];
}
