import { eachAtom, type OwnedPattern } from "../glob/atoms.ts";
import { type Owned, shareOwners } from "../glob/owners.ts";
import { Pattern } from "../glob/pattern.ts";
import type { Budget } from "./budget.ts";
import { type Cell, cellTable, type Directions, type Sides, type Step } from "./cells.ts";
import type { TextList } from "./normalise.ts";
import { groupSteps, keyOfText, type TextDimension, type TextStep, wantedTexts } from "./text-groups.ts";

/** Requests by one of their texts; of the examples the first stands in a document, or is the shortest. */
export interface TextCell<N extends Step> extends Cell<N, string> {
  /** The patterns with wildcards of which a text matches one if it is in any cell; undefined: any text can be. */
  readonly wild: readonly Pattern[] | undefined;
  /** Whether another text belongs to the cell. */
  holds(text: string): boolean;
}

/** A pattern of the documents. */
interface Entry extends Owned {
  readonly pattern: Pattern;
  /** The lists it stands in: 2g and 2g+1 for the plain lists of group g on each side, then the negated ones. */
  readonly holders: number[];
  readonly wanted: boolean;
}

/** Of many examples, so many are kept. */
const mostExamples = 200;

/**
 * Cuts all texts into cells: in one cell the same steps match on either side. Looks only where a
 * pattern stands on one side and not on the other, for elsewhere no direction is open. `found` returns
 * true to stop early.
 */
export function eachTextCell<N extends Step>(
  dimension: TextDimension<N>,
  steps: Sides<TextStep<N>>,
  directions: Directions,
  budget: Budget,
  found: (cell: TextCell<N>) => boolean,
): void {
  const groups = groupSteps(steps);
  const { texts: wanted, everything, concerns } = wantedTexts(dimension, groups, directions);
  if (!everything && wanted.size === 0) return;
  /** The numbers of negated lists. */
  const numbers = new Map<TextList, number>();
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
  const wantedWild = wild.filter((entry) => entry.wanted).map(({ pattern }) => pattern);
  const cellOfSteps = cellTable<N, string>(directions, budget);
  const cells = new Map<string, Cell<N, string>>();
  const told = new Set<Cell<N, string>>();
  cut();

  /** All patterns that can match a text that is looked at. */
  function collect(): readonly Entry[] {
    const known = new Map<string, Entry>();
    const put = (list: TextList, number: number): void => {
      for (const text of list.texts) {
        if (!concerns(text)) continue;
        const key = keyOfText(text, list);
        let entry = known.get(key);
        if (entry === undefined) {
          const { pattern, guess } = dimension.parse(text, list);
          if (pattern === undefined) continue;
          budget.spend(text.length);
          budget.hold(text.length);
          entry = { pattern, guess, holders: [], wanted: wanted.has(key), owner: -1 };
          known.set(key, entry);
        }
        if (entry.holders.at(-1) !== number) entry.holders.push(number);
      }
    };
    for (const [i, { sides }] of groups.entries()) {
      for (const [at, { plain, negated, whole }] of sides.entries()) {
        if (whole) continue;
        for (const list of plain) put(list, 2 * i + at);
        for (const list of negated) {
          if (numbers.has(list)) continue;
          const number = 2 * groups.length + numbers.size;
          numbers.set(list, number);
          put(list, number);
        }
      }
    }
    return [...known.values()];
  }

  function cut(): void {
    const [owner, another] = owners;
    if (everything && owner === undefined) {
      tell(noted("x", []));
    } else if (!everything && another === undefined && owner?.guess === undefined) {
      // Nothing to tell apart: all that is looked at stands in the same lists.
      for (const entry of entries.slice(0, mostExamples)) noted(entry.pattern.example, [entry]);
      for (const cell of cells.values()) tell(cell);
    } else {
      // A text that stands in a document is its own example.
      const found = new Set<Cell<N, string>>();
      for (const [text, entry] of texts)
        if (entry.wanted || everything) found.add(noted(text, matching(text)));
      for (const cell of found) if (tell(cell)) return;
      if (everything || wantedWild.length > 0) explore();
    }
  }

  /** Tells of a cell once. */
  function tell(cell: Cell<N, string>): boolean {
    if (cell.directions === 0 || told.has(cell)) return false;
    told.add(cell);
    const holds = (text: string): boolean => cellOf(matching(text)) === cell;
    return found({ ...cell, wild: everything ? undefined : wantedWild, holds });
  }

  /** What matches a text. */
  function matching(text: string): readonly Entry[] {
    budget.spend(4 * wild.length + 1);
    const among = wild.filter(({ pattern }) => pattern.matches(text));
    const own = texts.get(text);
    return own === undefined ? among : [own, ...among];
  }

  /** Also the cells of texts that do not stand in a document. */
  function explore(): void {
    const wantedOwners = new Set<number>();
    const patterns: OwnedPattern[] = [];
    for (const entry of entries) {
      if (!everything) {
        budget.spend(wantedWild.length * 8);
        const isNear = (pattern: Pattern): boolean => pattern.overlaps(entry.pattern);
        if (!wantedWild.includes(entry.pattern) && !wantedWild.some(isNear)) continue;
      }
      if (entry.wanted) wantedOwners.add(entry.owner);
      patterns.push(entry);
    }
    const all = -1;
    if (everything) {
      wantedOwners.add(all);
      patterns.push({ pattern: new Pattern("", true), owner: all });
    }
    eachAtom(patterns, wantedOwners, budget, (atom) =>
      tell(
        noted(
          atom.example,
          atom.owners.flatMap((owner) => owners[owner] ?? []),
        ),
      ),
    );
  }

  /** The cell of a text, which is one of its examples, given what matches it. */
  function noted(example: string, entriesOfIt: readonly Entry[]): Cell<N, string> {
    const cell = cellOf(entriesOfIt);
    if (cell.examples.length < mostExamples) cell.examples.push(example);
    return cell;
  }

  function cellOf(entriesOfIt: readonly Entry[]): Cell<N, string> {
    const key = [...new Set(entriesOfIt.map(({ owner }) => owner))].sort((a, b) => a - b).join();
    const known = cells.get(key);
    if (known !== undefined) return known;
    const sure = new Set<number>();
    const maybe = new Map<number, Set<string>>();
    for (const { holders, guess } of entriesOfIt) {
      for (const list of holders) {
        if (guess === undefined) sure.add(list);
        else maybe.set(list, (maybe.get(list) ?? new Set()).add(guess));
      }
    }
    const matched: [Set<N>, Set<N>] = [new Set(), new Set()];
    for (const [i, { next, sides }] of groups.entries()) {
      for (const at of [0, 1] as const) {
        const { whole, negated } = sides[at];
        const number = 2 * i + at;
        if (whole || sure.has(number)) {
          matched[at].add(next);
          continue;
        }
        // Each guess that comes out true leads on; a negated list needs all of its own to come out false.
        for (const guess of maybe.get(number) ?? []) matched[at].add(dimension.withGuess(next, guess, true));
        for (const list of negated) {
          const own = numbers.get(list) ?? -1;
          if (sure.has(own)) continue;
          let step = next;
          for (const guess of maybe.get(own) ?? []) step = dimension.withGuess(step, guess, false);
          matched[at].add(step);
        }
      }
    }
    const cell = cellOfSteps(...matched);
    cells.set(key, cell);
    return cell;
  }
}
