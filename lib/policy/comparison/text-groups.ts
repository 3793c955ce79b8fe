import type { Pattern } from "../glob/pattern.ts";
import { type Directions, firstExceeds, type Sides, type Step, secondExceeds } from "./cells.ts";
import { isWild, type TextList } from "./normalise.ts";

/** A step that is decided by a text of the request: its action, or its resource. */
export interface TextStep<N extends Step> extends Step {
  /** Undefined: matches all. */
  readonly list: TextList | undefined;
  readonly next: N;
}

interface TextPattern {
  /** Undefined: matches nothing. */
  readonly pattern: Pattern | undefined;
  /** Says what has to be guessed when what the pattern matches may or may not be matched. */
  readonly guess: string | undefined;
}

/** How actions and resources differ. */
export interface TextDimension<N extends Step> {
  parse(text: string, list: TextList): TextPattern;
  /** Patterns of different worlds match no text in common (an action's service); undefined: of all worlds. */
  world(text: string): string | undefined;
  withGuess(step: N, text: string, expected: boolean): N;
}

/** All steps that go on in the same way, and what leads to them on each side. */
export interface Group<N> {
  readonly next: N;
  readonly plain: readonly [TextList[], TextList[]];
  readonly negated: readonly [TextList[], TextList[]];
  /** Matches all texts. */
  readonly whole: [boolean, boolean];
}

/** One text under two Versions is two patterns if it holds a `${`. */
export const keyOfText = (text: string, list: TextList): string =>
  list.version === "2008-10-17" && text.includes("${") ? `${text}\n` : text;

export function groupSteps<N extends Step>(sides: Sides<TextStep<N>>): readonly Group<N>[] {
  const groups = new Map<N, Group<N>>();
  for (const at of [0, 1] as const) {
    for (const { list, next } of sides[at]) {
      let group = groups.get(next);
      if (group === undefined) {
        group = { next, plain: [[], []], negated: [[], []], whole: [false, false] };
        groups.set(next, group);
      }
      if (list === undefined) group.whole[at] = true;
      else if (list.not) group.negated[at].push(list);
      else {
        if (list.texts.includes("*")) group.whole[at] = true;
        group.plain[at].push(list);
      }
    }
  }
  return [...groups.values()];
}

/** Patterns that stand on one side only: where nothing of them matches, no direction is open. */
export interface Wanted {
  readonly texts: ReadonlySet<string>;
  /** Every text has to be looked at. */
  readonly everything: boolean;
  /** None of the patterns matches more than its own text. */
  readonly literal: boolean;
}

export function wantedTexts<N extends Step>(groups: readonly Group<N>[], directions: Directions): Wanted {
  const texts = new Set<string>();
  let everything = false;
  let literal = true;
  for (const { next, plain, negated, whole } of groups) {
    for (const side of [0, 1] as const) {
      // What a Deny matches more on one side, the other side may allow more.
      const direction = (side === 0) !== next.deny ? firstExceeds : secondExceeds;
      const other = side === 0 ? 1 : 0;
      if ((direction & directions) === 0 || whole[other]) continue;
      if (whole[side]) everything = true;
      for (const list of negated[side]) if (!negated[other].includes(list)) everything = true;
      for (const list of plain[side]) {
        if (plain[other].includes(list)) continue;
        for (const text of textsLeft(list, plain[other])) {
          texts.add(keyOfText(text, list));
          literal &&= !isWild(text);
        }
      }
    }
  }
  return { texts, everything, literal: literal && !everything };
}

/**
 * The texts of a list that none of the others holds. Most lists are one that came of the other, so both are
 * read side by side as long as they go together.
 */
function textsLeft({ texts, version }: TextList, others: readonly TextList[]): readonly string[] {
  const among = others.filter((other) => other.version === version);
  const beside = among[0]?.texts;
  if (beside === undefined) return texts;
  let at = 0;
  return texts.filter((text) => {
    for (let next = at; next < at + 4; next++) {
      if (beside[next] !== text) continue;
      at = next + 1;
      return false;
    }
    return !among.some((one) => one.has(text));
  });
}

/** The worlds of some texts; undefined: all worlds. */
export function worldsOf<N extends Step>(
  dimension: Pick<TextDimension<N>, "world">,
  texts: Iterable<string>,
): ReadonlySet<string> | undefined {
  const worlds = new Set<string>();
  for (const text of texts) {
    const world = dimension.world(text);
    if (world === undefined) return undefined;
    worlds.add(world);
  }
  return worlds;
}
