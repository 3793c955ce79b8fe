import type { Budget } from "../comparison/budget.ts";
import { any, colon, eitherCase, freeCharacter, isStar, star, takes, textOf, upper } from "./glob.ts";
import type { Pattern } from "./pattern.ts";
import { eachPrefixAtom } from "./prefixes.ts";

/** A pattern and whose it is: patterns with one owner need not be told apart. */
export interface OwnedPattern {
  readonly pattern: Pattern;
  readonly owner: number;
}

/** All texts that exactly these owners' patterns match, by the shortest of them. */
export interface Atom {
  readonly owners: readonly number[];
  readonly example: string;
}

interface State {
  /** Where the patterns stand, as sorted numbers. Let go once the state's successors are known. */
  places: readonly number[];
  /** Owners that match whatever follows, sorted. */
  readonly settled: readonly number[];
  readonly before: State | undefined;
  readonly character: number;
}

/**
 * Cuts all texts that at least one wanted owner matches into atoms: within an atom no owner can tell two
 * texts apart. The patterns run side by side, as one automaton whose states are made when first reached;
 * a state is the set of places at which the patterns stand. `found` returns true to stop early.
 */
export function eachAtom(
  patterns: readonly OwnedPattern[],
  wanted: ReadonlySet<number>,
  budget: Budget,
  found: (atom: Atom) => boolean,
): void {
  if (eachPrefixAtom(patterns, wanted, budget, found)) return;
  /** Every place between two tokens of every pattern has a number; its token, or `end`, stands here. */
  const tokens: number[] = [];
  const patternOf: number[] = [];
  const starts = patterns.map(({ pattern }, index) => {
    const start = tokens.length;
    for (const token of [...pattern.glob, end]) {
      tokens.push(token);
      patternOf.push(index);
    }
    return start;
  });
  const stamps = new Int32Array(tokens.length);
  const starAt = new Int32Array(patterns.length);
  let stamp = 0;
  const seen = new Set<string>();
  const atoms = new Set<string>();
  const queue: State[] = [];
  let held = 0;
  reach(stand(starts), [], undefined, -1);
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head];
    if (state === undefined) break;
    const owners = matching(state);
    if (owners.some((owner) => wanted.has(owner))) {
      const key = owners.join();
      if (!atoms.has(key)) {
        atoms.add(key);
        if (found({ owners, example: exampleOf(state) })) break;
      }
    }
    for (const character of charactersAt(state)) {
      budget.spend(state.places.length + 4);
      reach(stand(after(state, character)), state.settled, state, character);
    }
    state.places = [];
  }
  budget.release(held);

  function ownerAt(place: number): number {
    return patterns[patternOf[place] ?? 0]?.owner ?? 0;
  }

  /**
   * Places, and those past their stars. INVARIANT: a pattern that stands at a star need not stand at an
   * earlier place: all that could follow there can follow here.
   */
  function stand(places: readonly number[]): number[] {
    const into: number[] = [];
    stamp++;
    starAt.fill(-1);
    for (const place of places) {
      for (let at = place; ; at++) {
        const pattern = patternOf[at] ?? 0;
        if (stamps[at] === stamp || at < (starAt[pattern] ?? -1)) break;
        stamps[at] = stamp;
        into.push(at);
        const token = tokens[at] ?? end;
        if (token === end || !isStar(token)) break;
        starAt[pattern] = at;
      }
    }
    return into;
  }

  /** Where a character leads, the last places first. */
  function after({ places }: State, character: number): readonly number[] {
    const next: number[] = [];
    for (let i = places.length - 1; i >= 0; i--) {
      const place = places[i] ?? 0;
      const token = tokens[place] ?? end;
      if (token === end) continue;
      if (isStar(token)) {
        if (token === star || character !== colon) next.push(place);
      } else if (takes(token, character)) next.push(place + 1);
    }
    return next;
  }

  /** Drops what can no longer matter: also the whole state when no wanted owner can match any more. */
  function reach(
    places: number[],
    before: readonly number[],
    from: State | undefined,
    character: number,
  ): void {
    let settled = before;
    for (const place of places) {
      // A last star: its owner matches whatever follows.
      if (tokens[place] === star && tokens[place + 1] === end) settled = withOwner(settled, place);
    }
    const kept = settled.length > 0 ? places.filter((place) => !settled.includes(ownerAt(place))) : places;
    if (!settled.some((owner) => wanted.has(owner)) && !kept.some((place) => wanted.has(ownerAt(place))))
      return;
    const state = { places: kept.sort((a, b) => a - b), settled, before: from, character };
    const key = keyOf(state);
    if (seen.has(key)) return;
    seen.add(key);
    held += key.length + 16;
    budget.hold(key.length + 16);
    queue.push(state);
  }

  function withOwner(owners: readonly number[], place: number): readonly number[] {
    const owner = ownerAt(place);
    return owners.includes(owner) ? owners : [...owners, owner].sort((a, b) => a - b);
  }

  /** Whose patterns match the text that led here. */
  function matching({ places, settled }: State): readonly number[] {
    let owners = settled;
    for (const place of places) if (tokens[place] === end) owners = withOwner(owners, place);
    return owners;
  }

  /** The characters that the patterns ask for here, and one that stands for all others. */
  function charactersAt({ places, settled }: State): readonly number[] {
    // Nobody is left to tell texts apart.
    if (places.length === 0) return [];
    const asked = new Set<number>();
    let others = settled.length > 0;
    for (const place of places) {
      const token = tokens[place] ?? end;
      if (token === end) continue;
      if (token >= eitherCase) {
        asked.add(token - eitherCase);
        asked.add(upper(token - eitherCase));
      } else if (token >= 0) asked.add(token);
      else {
        others = true;
        if (token !== any && token !== star) asked.add(colon);
      }
    }
    return others ? [freeCharacter(asked), ...asked] : [...asked];
  }
}

const end = -9;

function keyOf(state: State): string {
  let key = "";
  for (const place of state.places) key += code(place);
  if (state.settled.length > 0) key += `\n${state.settled.join()}`;
  return key;
}

const code = (place: number): string =>
  place < 0xd000 ? String.fromCharCode(place + 32) : String.fromCodePoint(place - 0xd000 + 0x10000);

function exampleOf(state: State): string {
  const characters: number[] = [];
  for (let at: State | undefined = state; at?.before !== undefined; at = at.before)
    characters.push(at.character);
  return textOf(characters.reverse());
}
