import { eachAtom, type OwnedGlob } from "../glob/atoms.ts";
import { type Glob, matches, onlyText, overlap, star } from "../glob/glob.ts";
import type { Budget } from "./budget.ts";
import {
  type Cell,
  CellTable,
  type Directions,
  firstExceeds,
  type Sides,
  type Step,
  secondExceeds,
} from "./cells.ts";
import type { TextList } from "./normalise.ts";
import { type Group, groupSteps, keyOfText, type TextDimension, type TextStep } from "./text-groups.ts";

/** A pattern of the documents. */
interface Entry {
  readonly glob: Glob;
  readonly guess: string | undefined;
  /** The lists it stands in: 2g and 2g+1 for the plain lists of group g on each side, then the negated ones. */
  readonly lists: number[];
  readonly wanted: boolean;
}

/** Entries that stand in the same lists: nothing can tell apart which of them matched. */
interface Owner {
  readonly lists: readonly number[];
  readonly guess: string | undefined;
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
  const cells = new TextCells(dimension, groupSteps(sides), directions, budget);
  cells.cut((cell) => found({ ...cell, wild: cells.wild, holds: (text) => cells.holds(cell, text) }));
}

export interface TextCell<N extends Step> extends Cell<N> {
  /** The patterns with wildcards of which a text matches one if it is in any cell; undefined: any text can be. */
  readonly wild: readonly Glob[] | undefined;
  /** Whether another text of the same worlds belongs to the cell. */
  holds(text: string): boolean;
}

class TextCells<N extends Step> {
  readonly #dimension: TextDimension<N>;
  readonly #groups: readonly Group<N>[];
  readonly #directions: Directions;
  readonly #budget: Budget;
  readonly #table: CellTable<N>;
  wild: readonly Glob[] | undefined;
  readonly #wild: Entry[] = [];
  readonly #texts = new Map<string, Entry>();
  readonly #negated = new Map<string, number>();
  readonly #owners: Owner[] = [];
  readonly #ownerOf = new Map<string, number>();
  readonly #seen = new Map<string, Cell<N>>();

  constructor(
    dimension: TextDimension<N>,
    groups: readonly Group<N>[],
    directions: Directions,
    budget: Budget,
  ) {
    this.#dimension = dimension;
    this.#groups = groups;
    this.#directions = directions;
    this.#budget = budget;
    this.#table = new CellTable(directions, budget);
  }

  cut(found: (cell: Cell<N>) => boolean): void {
    const wanted = new Set<string>();
    const everything = this.#want(wanted);
    if (!everything && wanted.size === 0) return;
    const [wild, texts] = [this.#wild, this.#texts];
    for (const entry of this.#collect(everything, wanted)) {
      const text = entry.guess === undefined ? onlyText(entry.glob) : undefined;
      // Two spellings of one text (`$` and `${$}`) are told apart like patterns.
      if (text === undefined || texts.has(text)) wild.push(entry);
      else texts.set(text, entry);
    }
    if (!everything) this.wild = wild.flatMap((entry) => (entry.wanted ? [entry.glob] : []));
    // A text that stands in a document is its own example.
    const cells = new Set<Cell<N>>();
    for (const [text, entry] of texts) {
      if (!entry.wanted && !everything) continue;
      cells.add(this.#cell(this.#ownersOf(text), text));
    }
    for (const cell of cells) if (cell.directions !== 0 && found(cell)) return;
    if (everything || wild.some((entry) => entry.wanted))
      this.#explore(wild, texts, everything, cells, found);
  }

  holds(cell: Cell<N>, text: string): boolean {
    return this.#cell(this.#ownersOf(text), text) === cell;
  }

  /** Whose patterns match a text. */
  #ownersOf(text: string): readonly number[] {
    this.#budget.spend(4 * this.#wild.length + 1);
    const entry = this.#texts.get(text);
    const owners = new Set(entry === undefined ? [] : [this.#own(entry)]);
    for (const one of this.#wild) if (matches(one.glob, text)) owners.add(this.#own(one));
    return [...owners].sort((a, b) => a - b);
  }

  /** Gathers the patterns that stand on one side only. True: every text has to be looked at. */
  #want(wanted: Set<string>): boolean {
    let everything = false;
    for (const { next, plain, negated, whole } of this.#groups) {
      for (const side of [0, 1] as const) {
        // What a Deny matches more on one side, the other side may allow more.
        const direction = (side === 0) !== next.deny ? firstExceeds : secondExceeds;
        const other = side === 0 ? 1 : 0;
        if ((direction & this.#directions) === 0 || whole[other]) continue;
        if (whole[side]) everything = true;
        for (const list of negated[side]) if (!negated[other].includes(list)) everything = true;
        for (const list of plain[side]) {
          if (plain[other].includes(list)) continue;
          for (const text of list.texts) {
            if (!plain[other].some((one) => one.members.has(text) && one.version === list.version)) {
              wanted.add(keyOfText(text, list));
            }
          }
        }
      }
    }
    return everything;
  }

  /** The worlds of some texts; undefined: all worlds. */
  #worldsOf(texts: Iterable<string>): ReadonlySet<string> | undefined {
    const worlds = new Set<string>();
    for (const text of texts) {
      const world = this.#dimension.world(text);
      if (world === undefined) return undefined;
      worlds.add(world);
    }
    return worlds;
  }

  /** All patterns that can match a text of which a wanted pattern, or any one, is asked. */
  #collect(everything: boolean, wanted: ReadonlySet<string>): readonly Entry[] {
    const worlds = everything ? undefined : this.#worldsOf(wanted);
    const entries = new Map<string, Entry>();
    // Where only single texts are looked at, no other single text can matter.
    const onlyTexts = !everything && ![...wanted].some(isWild);
    const put = (list: TextList, number: number): void => {
      for (const text of list.texts) {
        if (onlyTexts && !isWild(text) && !wanted.has(text)) continue;
        if (worlds !== undefined) {
          const world = this.#dimension.world(text);
          if (world !== undefined && !worlds.has(world)) continue;
        }
        const key = keyOfText(text, list);
        let entry = entries.get(key);
        if (entry === undefined) {
          const { glob, guess } = this.#dimension.parse(text, list);
          if (glob === undefined) continue;
          this.#budget.spend(glob.length);
          this.#budget.hold(glob.length);
          entry = { glob, guess, lists: [], wanted: wanted.has(key) };
          entries.set(key, entry);
        }
        if (entry.lists.at(-1) !== number) entry.lists.push(number);
      }
    };
    for (const [index, { plain, negated, whole }] of this.#groups.entries()) {
      for (const side of [0, 1] as const) {
        if (whole[side]) continue;
        for (const list of plain[side]) put(list, 2 * index + side);
        for (const list of negated[side]) {
          if (this.#negated.has(list.key)) continue;
          const number = 2 * this.#groups.length + this.#negated.size;
          this.#negated.set(list.key, number);
          put(list, number);
        }
      }
    }
    return [...entries.values()];
  }

  #own(entry: Entry): number {
    const key = `${entry.lists.join()}${entry.guess ?? ""}`;
    let owner = this.#ownerOf.get(key);
    if (owner === undefined) {
      owner = this.#owners.length;
      this.#ownerOf.set(key, owner);
      this.#owners.push(entry);
    }
    return owner;
  }

  #explore(
    wild: readonly Entry[],
    texts: ReadonlyMap<string, Entry>,
    everything: boolean,
    done: ReadonlySet<Cell<N>>,
    found: (cell: Cell<N>) => boolean,
  ): void {
    const wanted = wild.filter((entry) => entry.wanted);
    const wantedOwners = new Set<number>();
    const globs: OwnedGlob[] = [];
    const add = (entry: Entry): void => {
      const owner = this.#own(entry);
      if (entry.wanted) wantedOwners.add(owner);
      globs.push({ glob: entry.glob, owner });
    };
    for (const entry of wild) {
      this.#budget.spend(wanted.length * 8);
      if (everything || entry.wanted || wanted.some(({ glob }) => overlap(glob, entry.glob))) add(entry);
    }
    for (const [text, entry] of texts) {
      this.#budget.spend(wanted.length);
      if (everything || wanted.some(({ glob }) => matches(glob, text))) add(entry);
    }
    const all = -1;
    if (everything) {
      wantedOwners.add(all);
      globs.push({ glob: [star], owner: all });
    }
    const open = new Set<Cell<N>>();
    eachAtom(globs, wantedOwners, this.#budget, ({ owners, example }) => {
      const cell = this.#cell(
        owners.filter((owner) => owner !== all),
        example,
      );
      if (cell.directions === 0 || done.has(cell) || open.has(cell)) return false;
      open.add(cell);
      return found(cell);
    });
  }

  /** The cell of a text, given whose patterns match it. */
  #cell(owners: readonly number[], example: string): Cell<N> {
    const key = owners.join();
    const known = this.#seen.get(key);
    if (known !== undefined) {
      if (known.examples.length < 200) known.examples.push(example);
      return known;
    }
    const sure = new Set<number>();
    const maybe = new Map<number, Set<string>>();
    for (const owner of owners) {
      const { lists, guess } = this.#owners[owner] ?? { lists: [], guess: undefined };
      for (const list of lists) {
        if (guess === undefined) sure.add(list);
        else maybe.set(list, (maybe.get(list) ?? new Set()).add(guess));
      }
    }
    const sides: [Set<N>, Set<N>] = [new Set(), new Set()];
    for (const [index, { next, plain, negated, whole }] of this.#groups.entries()) {
      for (const side of [0, 1] as const) {
        const steps = sides[side];
        if (whole[side] || (plain[side].length > 0 && sure.has(2 * index + side))) {
          steps.add(next);
          continue;
        }
        // Each guess that comes out true leads on; a negated list needs all of its own to come out false.
        for (const guess of maybe.get(2 * index + side) ?? []) {
          steps.add(this.#dimension.withGuess(next, guess, true));
        }
        for (const list of negated[side]) {
          const number = this.#negated.get(list.key) ?? -1;
          if (sure.has(number)) continue;
          let step = next;
          for (const guess of maybe.get(number) ?? []) step = this.#dimension.withGuess(step, guess, false);
          steps.add(step);
        }
      }
    }
    const cell = this.#table.add([...sides[0]], [...sides[1]], example);
    this.#seen.set(key, cell);
    return cell;
  }
}

/** Whether a pattern can match more than its own text. */
const isWild = (text: string): boolean => text.includes("*") || text.includes("?") || text.includes("${");
