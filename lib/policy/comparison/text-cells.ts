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
  cutTexts(dimension, groups, wanted, directions, budget, found);
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

function cutTexts<N extends Step>(
  dimension: TextDimension<N>,
  groups: readonly Group<N>[],
  wanted: Wanted,
  directions: Directions,
  budget: Budget,
  found: (cell: TextCell<N>) => boolean,
): void {
  const { everything } = wanted;
  /** The numbers of negated lists, by their keys. */
  const numbers = new Map<string, number>();
  const entries = collect();
  /** One entry for each owner. */
  const owners = shareOwners(entries);
  /** By their texts, those that match nothing else. */
  const texts = new Map<string, Entry>();
  const wild: Entry[] = [];
  for (const entry of entries) {
    const text = entry.guess === undefined ? entry.pattern.only : undefined;
    // Two spellings of one text (`$` and `${$}`) are told apart like patterns.
    if (text === undefined || texts.has(text)) wild.push(entry);
    else texts.set(text, entry);
  }
  const wantedWild = wild.filter((entry) => entry.wanted);
  const wildPatterns = everything ? undefined : wantedWild.map(({ pattern }) => pattern);
  const table = new CellTable<N>(directions, budget);
  const seen = new Map<string, Cell<N>>();
  cut();

  /** All patterns that can match a text of which a wanted pattern, or any one, is asked. */
  function collect(): readonly Entry[] {
    const worlds = everything ? undefined : worldsOf(dimension, wanted.texts);
    const known = new Map<string, Entry>();
    const put = (list: TextList, number: number): void => {
      // Where only single texts are looked at, no other single text can matter.
      const among = wanted.literal
        ? [...list.wild, ...[...wanted.texts].filter((text) => list.has(text))]
        : list.texts;
      for (const text of among) {
        if (worlds !== undefined) {
          const world = dimension.world(text);
          if (world !== undefined && !worlds.has(world)) continue;
        }
        const key = keyOfText(text, list);
        let entry = known.get(key);
        if (entry === undefined) {
          const { pattern, guess } = dimension.parse(text, list);
          if (pattern === undefined) continue;
          budget.spend(text.length);
          budget.hold(text.length);
          entry = { pattern, guess, lists: [], wanted: wanted.texts.has(key), owner: -1 };
          known.set(key, entry);
        }
        if (entry.lists.at(-1) !== number) entry.lists.push(number);
      }
    };
    for (const [i, { plain, negated, whole }] of groups.entries()) {
      for (const side of [0, 1] as const) {
        if (whole[side]) continue;
        for (const list of plain[side]) put(list, 2 * i + side);
        for (const list of negated[side]) {
          if (numbers.has(list.key)) continue;
          const own = 2 * groups.length + numbers.size;
          numbers.set(list.key, own);
          put(list, own);
        }
      }
    }
    return [...known.values()];
  }

  function cut(): void {
    const tell = (cell: Cell<N>): boolean =>
      found({
        ...cell,
        wild: wildPatterns,
        holds: (text) => cellOf(matching(text), text) === cell,
      });
    if (isOneList()) {
      for (const entry of entries.slice(0, mostExamples)) cellOf([entry], entry.pattern.example);
      for (const cell of seen.values()) tell(cell);
      return;
    }
    // A text that stands in a document is its own example.
    const cells = new Set<Cell<N>>();
    for (const [text, entry] of texts)
      if (entry.wanted || everything) cells.add(cellOf(matching(text), text));
    for (const cell of cells) if (cell.directions !== 0 && tell(cell)) return;
    if (everything || wantedWild.length > 0) explore(cells, tell);
  }

  /** Nothing to tell apart: only one side says something, and that in one way. */
  function isOneList(): boolean {
    const [group, ...others] = groups;
    return (
      group !== undefined &&
      others.length === 0 &&
      !everything &&
      ([0, 1] as const).some((side) => group.plain[side].length + group.negated[side].length === 0) &&
      entries.every(({ guess }) => guess === undefined)
    );
  }

  function matching(text: string): readonly Entry[] {
    budget.spend(4 * wild.length + 1);
    const among = wild.filter(({ pattern }) => pattern.matches(text));
    const own = texts.get(text);
    return own === undefined ? among : [own, ...among];
  }

  /** Also the cells of texts that do not stand in a document. */
  function explore(done: ReadonlySet<Cell<N>>, tell: (cell: Cell<N>) => boolean): void {
    const wantedOwners = new Set<number>();
    const patterns: OwnedPattern[] = [];
    for (const entry of entries) {
      budget.spend(wantedWild.length * 8);
      const isAmong =
        everything ||
        wantedWild.includes(entry) ||
        wantedWild.some(({ pattern }) => pattern.overlaps(entry.pattern));
      if (!isAmong) continue;
      if (entry.wanted) wantedOwners.add(entry.owner);
      patterns.push(entry);
    }
    const all = -1;
    if (everything) {
      wantedOwners.add(all);
      patterns.push({ pattern: new Pattern("", true), owner: all });
    }
    const open = new Set<Cell<N>>();
    eachAtom(patterns, wantedOwners, budget, (atom) => {
      const cell = cellOf(
        atom.owners.flatMap((owner) => owners[owner] ?? []),
        atom.example,
      );
      if (cell.directions === 0 || done.has(cell) || open.has(cell)) return false;
      open.add(cell);
      return tell(cell);
    });
  }

  /** The cell of a text, given what matches it. */
  function cellOf(entriesOfIt: readonly Entry[], example: string): Cell<N> {
    const key = [...new Set(entriesOfIt.map(({ owner }) => owner))].sort((a, b) => a - b).join();
    const known = seen.get(key);
    if (known !== undefined) {
      if (known.examples.length < mostExamples) known.examples.push(example);
      return known;
    }
    const sure = new Set<number>();
    const maybe = new Map<number, Set<string>>();
    for (const { lists, guess } of entriesOfIt) {
      for (const list of lists) {
        if (guess === undefined) sure.add(list);
        else maybe.set(list, (maybe.get(list) ?? new Set()).add(guess));
      }
    }
    const sides: [Set<N>, Set<N>] = [new Set(), new Set()];
    for (const [i, { next, negated, whole }] of groups.entries()) {
      for (const side of [0, 1] as const) {
        const at = 2 * i + side;
        const steps = sides[side];
        if (whole[side] || sure.has(at)) {
          steps.add(next);
          continue;
        }
        // Each guess that comes out true leads on; a negated list needs all of its own to come out false.
        for (const guess of maybe.get(at) ?? []) steps.add(dimension.withGuess(next, guess, true));
        for (const list of negated[side]) {
          const own = numbers.get(list.key) ?? -1;
          if (sure.has(own)) continue;
          let step = next;
          for (const guess of maybe.get(own) ?? []) step = dimension.withGuess(step, guess, false);
          steps.add(step);
        }
      }
    }
    const cell = table.add([...sides[0]], [...sides[1]], example);
    seen.set(key, cell);
    return cell;
  }
}

/** Gives entries their owners; one entry of each. */
function shareOwners(entries: readonly Entry[]): readonly Entry[] {
  const owners = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.lists.join()}${entry.guess ?? ""}`;
    const known = owners.get(key);
    entry.owner = known?.owner ?? owners.size;
    if (known === undefined) owners.set(key, entry);
  }
  return [...owners.values()];
}
