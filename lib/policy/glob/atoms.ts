import type { Budget } from "../comparison/budget.ts";
import { any, colon, eitherCase, fillers, isStar, star, takes, upper } from "./glob.ts";
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
  const run = new JointRun(patterns, wanted, budget);
  run.explore(found);
}

interface State {
  /** Sorted places; see `JointRun`. Let go once the state's successors are known. */
  places: readonly number[];
  /** Owners that match whatever follows, sorted. */
  readonly settled: readonly number[];
  readonly before: State | undefined;
  readonly character: number;
}

class JointRun {
  /** Every place between two tokens of every pattern has a number; its token, or `end`, stands here. */
  readonly #tokens: number[] = [];
  readonly #globOf: number[] = [];
  readonly #owners: number[];
  readonly #starts: number[] = [];
  readonly #wanted: ReadonlySet<number>;
  readonly #budget: Budget;
  readonly #stamps: Int32Array;
  readonly #starAt: Int32Array;
  #stamp = 0;

  constructor(patterns: readonly OwnedPattern[], wanted: ReadonlySet<number>, budget: Budget) {
    this.#wanted = wanted;
    this.#budget = budget;
    this.#owners = patterns.map(({ owner }) => owner);
    for (const [index, { pattern }] of patterns.entries()) {
      this.#starts.push(this.#tokens.length);
      for (const token of pattern.glob) {
        this.#tokens.push(token);
        this.#globOf.push(index);
      }
      this.#tokens.push(end);
      this.#globOf.push(index);
    }
    this.#stamps = new Int32Array(this.#tokens.length);
    this.#starAt = new Int32Array(patterns.length);
  }

  explore(found: (atom: Atom) => boolean): void {
    const seen = new Set<string>();
    const atoms = new Set<string>();
    const queue: State[] = [];
    let held = 0;
    const reach = (
      places: number[],
      settled: readonly number[],
      before: State | undefined,
      character: number,
    ) => {
      const state = this.#settle(places, settled, before, character);
      if (state === undefined) return;
      const key = keyOf(state);
      if (seen.has(key)) return;
      seen.add(key);
      held += key.length + 16;
      this.#budget.hold(key.length + 16);
      queue.push(state);
    };
    const first: number[] = [];
    this.#begin();
    for (const start of this.#starts) this.#add(start, first);
    reach(first, [], undefined, -1);
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head];
      if (state === undefined) break;
      const owners = this.#matching(state);
      if (owners !== undefined) {
        const key = owners.join();
        if (!atoms.has(key)) {
          atoms.add(key);
          if (found({ owners, example: textOf(state) })) break;
        }
      }
      for (const character of this.#characters(state)) {
        this.#budget.spend(state.places.length + 4);
        reach(this.#step(state, character), state.settled, state, character);
      }
      state.places = [];
    }
    this.#budget.release(held);
  }

  #begin(): void {
    this.#stamp++;
    this.#starAt.fill(-1);
  }

  /**
   * Stands a pattern at a place, and past its star. INVARIANT: a pattern that stands at a star need not
   * stand at an earlier place: all that could follow there can follow here.
   */
  #add(place: number, into: number[]): void {
    for (let at = place; ; at++) {
      const glob = this.#globOf[at] ?? 0;
      if (this.#stamps[at] === this.#stamp || at < (this.#starAt[glob] ?? -1)) return;
      this.#stamps[at] = this.#stamp;
      into.push(at);
      const token = this.#tokens[at] ?? end;
      if (token === end || !isStar(token)) return;
      this.#starAt[glob] = at;
    }
  }

  #step(state: State, character: number): number[] {
    const next: number[] = [];
    this.#begin();
    for (let i = state.places.length - 1; i >= 0; i--) {
      const place = state.places[i] ?? 0;
      const token = this.#tokens[place] ?? end;
      if (token === end) continue;
      if (isStar(token)) {
        if (token === star || character !== colon) this.#add(place, next);
      } else if (takes(token, character)) this.#add(place + 1, next);
    }
    return next;
  }

  /** Drops what can no longer matter; undefined when no wanted owner can match any more. */
  #settle(places: number[], settled: readonly number[], before: State | undefined, character: number) {
    let owners = settled;
    let kept = places;
    for (const place of places) {
      // A last star: its owner matches whatever follows.
      if (this.#tokens[place] !== star || this.#tokens[place + 1] !== end) continue;
      const owner = this.#ownerAt(place);
      if (!owners.includes(owner)) owners = [...owners, owner].sort((a, b) => a - b);
    }
    if (owners.length > 0) kept = places.filter((place) => !owners.includes(this.#ownerAt(place)));
    const wanted =
      owners.some((owner) => this.#wanted.has(owner)) ||
      kept.some((place) => this.#wanted.has(this.#ownerAt(place)));
    if (!wanted) return undefined;
    if (kept.length > 1) kept.sort((a, b) => a - b);
    return { places: kept, settled: owners, before, character };
  }

  #ownerAt(place: number): number {
    return this.#owners[this.#globOf[place] ?? 0] ?? 0;
  }

  /** Whose patterns match the text that led here; undefined when no wanted one does. */
  #matching(state: State): readonly number[] | undefined {
    let owners = state.settled;
    for (const place of state.places) {
      if (this.#tokens[place] !== end) continue;
      const owner = this.#ownerAt(place);
      if (!owners.includes(owner)) owners = [...owners, owner];
    }
    if (!owners.some((owner) => this.#wanted.has(owner))) return undefined;
    return owners === state.settled ? owners : [...owners].sort((a, b) => a - b);
  }

  /** The characters that the patterns ask for here, and one that stands for all others. */
  #characters(state: State): readonly number[] {
    const asked = new Set<number>();
    let others = state.settled.length > 0;
    for (const place of state.places) {
      const token = this.#tokens[place] ?? end;
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
    // Nobody is left to tell texts apart.
    if (state.places.length === 0) return [];
    const characters = [...asked];
    if (others) {
      for (const filler of fillers) {
        if (asked.has(filler)) continue;
        characters.unshift(filler);
        return characters;
      }
      let free = 0xa1;
      while (asked.has(free)) free++;
      characters.unshift(free);
    }
    return characters;
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

function textOf(state: State): string {
  const characters: number[] = [];
  for (let at: State | undefined = state; at?.before !== undefined; at = at.before)
    characters.push(at.character);
  return String.fromCharCode(...characters.reverse());
}
