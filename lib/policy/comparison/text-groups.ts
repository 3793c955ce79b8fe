import type { Glob } from "../glob/glob.ts";
import type { Sides, Step } from "./cells.ts";
import type { TextList } from "./normalise.ts";

/** A step that is decided by a text of the request: its action, or its resource. */
export interface TextStep<N extends Step> extends Step {
  /** Undefined: matches all. */
  readonly list: TextList | undefined;
  readonly next: N;
}

interface TextPattern {
  /** Undefined: matches nothing. */
  readonly glob: Glob | undefined;
  /** Says what has to be guessed when the pattern may or may not match what its glob matches. */
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

export function groupSteps<N extends Step>([first, second]: Sides<TextStep<N>>): readonly Group<N>[] {
  const groups = new Map<N, Group<N>>();
  for (const [side, steps] of [first, second].entries()) {
    for (const { list, next } of steps) {
      let group = groups.get(next);
      if (group === undefined) {
        group = { next, plain: [[], []], negated: [[], []], whole: [false, false] };
        groups.set(next, group);
      }
      const at = side === 0 ? 0 : 1;
      if (list === undefined) group.whole[at] = true;
      else if (list.not) group.negated[at].push(list);
      else {
        if (list.members.has("*")) group.whole[at] = true;
        group.plain[at].push(list);
      }
    }
  }
  return [...groups.values()];
}
