import { eachAtom, type OwnedPattern } from "../glob/atoms.ts";
import { Pattern } from "../glob/pattern.ts";
import type { Budget } from "./budget.ts";
import { type Cell, CellTable, type Directions, openDirections, type Sides, type Step } from "./cells.ts";
import type { TextList } from "./normalise.ts";
import {
  type Group,
  groupSteps,
  keyOfText,
  type TextDimension,
  type TextStep,
  type Wanted,
  wantedTexts,
  worldsOf,
} from "./text-groups.ts";

/** A pattern of the documents. */
interface Entry {
  readonly pattern: Pattern;
  readonly guess: string | undefined;
  /** The lists it stands in: 2g and 2g+1 for the plain lists of group g on each side, then the negated ones. */
  readonly lists: number[];
  readonly wanted: boolean;
  /** Entries that stand in the same lists have one owner: nothing can tell apart which of them matched. */
  owner: number;
}

/**
 * Cuts all texts into cells: in one cell the same steps match on either side. Looks only where a
 * pattern stands on one side and not on the other, for elsewhere no direction is open.
 */
export function eachTextCell<N extends Step>(
  dimension: TextDimension<N>,
  sides: Sides<TextStep<N>>,
  directions: Directions,
  budget: Budget,
  found: (cell: TextCell<N>) => boolean,
): void {
  const groups = groupSteps(sides);
  const wanted = wantedTexts(groups, directions);
  if (!wanted.everything && wanted.texts.size === 0) return;
  if (groups.every(isUniform)) {
    const nextOf = (side: 0 | 1) => groups.filter(({ whole }) => whole[side]).map(({ next }) => next);
    const both: Sides<N> = [nextOf(0), nextOf(1)];
    const open = openDirections(both) & directions;
    if (open !== 0)
      found({ sides: both, directions: open, examples: ["x"], wild: undefined, holds: () => true });
    return;
  }
  const cells = new TextCells(dimension, groups, wanted, directions, budget);
  cells.cut((cell) => found({ ...cell, wild: cells.wild, holds: (text) => cells.holds(cell, text) }));
}

/** Matches all texts or none. */
const isUniform = ({ plain, negated, whole }: Group<Step>): boolean =>
  [0, 1].every((side) => whole[side] || (plain[side]?.length === 0 && negated[side]?.length === 0));

export interface TextCell<N extends Step> extends Cell<N> {
  /** The patterns with wildcards of which a text matches one if it is in any cell; undefined: any text can be. */
  readonly wild: readonly Pattern[] | undefined;
  /** Whether another text of the same worlds belongs to the cell. */
  holds(text: string): boolean;
}

/** Of many examples, so many are kept. */
const mostExamples = 200;

class TextCells<N extends Step> {
  readonly #dimension: TextDimension<N>;
  readonly #groups: readonly Group<N>[];
  readonly #wanted: Wanted;
  readonly #budget: Budget;
  readonly #table: CellTable<N>;
  readonly wild: readonly Pattern[] | undefined;
  readonly #entries: readonly Entry[];
  readonly #wild: Entry[] = [];
  /** By their texts, those that match nothing else. */
  readonly #texts = new Map<string, Entry>();
  /** The numbers of negated lists, by their keys. */
  readonly #negated = new Map<string, number>();
  /** One entry for each owner. */
  readonly #owners: Entry[] = [];
  readonly #seen = new Map<string, Cell<N>>();

  constructor(
    dimension: TextDimension<N>,
    groups: readonly Group<N>[],
    wanted: Wanted,
    directions: Directions,
    budget: Budget,
  ) {
    this.#dimension = dimension;
    this.#groups = groups;
    this.#wanted = wanted;
    this.#budget = budget;
    this.#table = new CellTable(directions, budget);
    this.#entries = this.#collect();
    for (const entry of this.#entries) {
      const text = entry.guess === undefined ? entry.pattern.only : undefined;
      // Two spellings of one text (`$` and `${$}`) are told apart like patterns.
      if (text === undefined || this.#texts.has(text)) this.#wild.push(entry);
      else this.#texts.set(text, entry);
    }
    if (!wanted.everything) this.wild = this.#wild.flatMap((entry) => (entry.wanted ? [entry.pattern] : []));
  }

  cut(found: (cell: Cell<N>) => boolean): void {
    if (this.#isOneList()) {
      for (const entry of this.#entries.slice(0, mostExamples)) this.#cellOf([entry], entry.pattern.example);
      for (const cell of this.#seen.values()) found(cell);
      return;
    }
    const { everything } = this.#wanted;
    // A text that stands in a document is its own example.
    const cells = new Set<Cell<N>>();
    for (const [text, entry] of this.#texts) {
      if (entry.wanted || everything) cells.add(this.#cellOf(this.#matching(text), text));
    }
    for (const cell of cells) if (cell.directions !== 0 && found(cell)) return;
    if (everything || this.#wild.some((entry) => entry.wanted)) this.#explore(cells, found);
  }

  /** Nothing to tell apart: only one side says something, and that in one way. */
  #isOneList(): boolean {
    const [group, ...others] = this.#groups;
    return (
      group !== undefined &&
      others.length === 0 &&
      !this.#wanted.everything &&
      [0, 1].some((side) => group.plain[side]?.length === 0 && group.negated[side]?.length === 0) &&
      this.#entries.every(({ guess }) => guess === undefined)
    );
  }

  holds(cell: Cell<N>, text: string): boolean {
    return this.#cellOf(this.#matching(text), text) === cell;
  }

  #matching(text: string): readonly Entry[] {
    this.#budget.spend(4 * this.#wild.length + 1);
    const matching = this.#wild.filter(({ pattern }) => pattern.matches(text));
    const own = this.#texts.get(text);
    return own === undefined ? matching : [own, ...matching];
  }

  /** All patterns that can match a text of which a wanted pattern, or any one, is asked. */
  #collect(): readonly Entry[] {
    const { texts: wanted, everything, literal } = this.#wanted;
    const worlds = everything ? undefined : worldsOf(this.#dimension, wanted);
    const entries = new Map<string, Entry>();
    const put = (list: TextList, number: number): void => {
      // Where only single texts are looked at, no other single text can matter.
      const among = literal ? [...list.wild, ...[...wanted].filter((text) => list.has(text))] : list.texts;
      for (const text of among) {
        if (worlds !== undefined) {
          const world = this.#dimension.world(text);
          if (world !== undefined && !worlds.has(world)) continue;
        }
        const key = keyOfText(text, list);
        let entry = entries.get(key);
        if (entry === undefined) {
          const { pattern, guess } = this.#dimension.parse(text, list);
          if (pattern === undefined) continue;
          this.#budget.spend(text.length);
          this.#budget.hold(text.length);
          entry = { pattern, guess, lists: [], wanted: wanted.has(key), owner: -1 };
          entries.set(key, entry);
        }
        if (entry.lists.at(-1) !== number) entry.lists.push(number);
      }
    };
    let number = 0;
    for (const { plain, negated, whole } of this.#groups) {
      for (const side of [0, 1] as const) {
        if (!whole[side]) {
          for (const list of plain[side]) put(list, number);
          for (const list of negated[side]) {
            if (this.#negated.has(list.key)) continue;
            const own = 2 * this.#groups.length + this.#negated.size;
            this.#negated.set(list.key, own);
            put(list, own);
          }
        }
        number++;
      }
    }
    const owners = new Map<string, number>();
    for (const entry of entries.values()) {
      const key = `${entry.lists.join()}${entry.guess ?? ""}`;
      const known = owners.get(key);
      entry.owner = known ?? owners.size;
      if (known !== undefined) continue;
      owners.set(key, entry.owner);
      this.#owners.push(entry);
    }
    return [...entries.values()];
  }

  #explore(done: ReadonlySet<Cell<N>>, found: (cell: Cell<N>) => boolean): void {
    const { everything } = this.#wanted;
    const wanted = this.#wild.filter((entry) => entry.wanted);
    const wantedOwners = new Set<number>();
    const patterns: OwnedPattern[] = [];
    const among = (entry: Entry): boolean =>
      everything || wanted.includes(entry) || wanted.some(({ pattern }) => pattern.overlaps(entry.pattern));
    for (const entry of this.#entries) {
      this.#budget.spend(wanted.length * 8);
      if (!among(entry)) continue;
      if (entry.wanted) wantedOwners.add(entry.owner);
      patterns.push(entry);
    }
    const all = -1;
    if (everything) {
      wantedOwners.add(all);
      patterns.push({ pattern: new Pattern("", true), owner: all });
    }
    const open = new Set<Cell<N>>();
    eachAtom(patterns, wantedOwners, this.#budget, ({ owners, example }) => {
      const matching = owners.flatMap((owner) => this.#owners[owner] ?? []);
      const cell = this.#cellOf(matching, example);
      if (cell.directions === 0 || done.has(cell) || open.has(cell)) return false;
      open.add(cell);
      return found(cell);
    });
  }

  /** The cell of a text, given what matches it. */
  #cellOf(matching: readonly Entry[], example: string): Cell<N> {
    const owners = [...new Set(matching.map(({ owner }) => owner))].sort((a, b) => a - b);
    const key = owners.join();
    const known = this.#seen.get(key);
    if (known !== undefined) {
      if (known.examples.length < mostExamples) known.examples.push(example);
      return known;
    }
    const sure = new Set<number>();
    const maybe = new Map<number, Set<string>>();
    for (const { lists, guess } of matching) {
      for (const list of lists) {
        if (guess === undefined) sure.add(list);
        else maybe.set(list, (maybe.get(list) ?? new Set()).add(guess));
      }
    }
    const sides: [Set<N>, Set<N>] = [new Set(), new Set()];
    let number = 0;
    for (const { next, negated, whole } of this.#groups) {
      for (const side of [0, 1] as const) {
        const at = number++;
        const steps = sides[side];
        if (whole[side] || sure.has(at)) {
          steps.add(next);
          continue;
        }
        // Each guess that comes out true leads on; a negated list needs all of its own to come out false.
        for (const guess of maybe.get(at) ?? []) steps.add(this.#dimension.withGuess(next, guess, true));
        for (const list of negated[side]) {
          const own = this.#negated.get(list.key) ?? -1;
          if (sure.has(own)) continue;
          let step = next;
          for (const guess of maybe.get(own) ?? []) step = this.#dimension.withGuess(step, guess, false);
          steps.add(step);
        }
      }
    }
    const cell = this.#table.add([...sides[0]], [...sides[1]], example);
    this.#seen.set(key, cell);
    return cell;
  }
}
