import { eachAtom } from "../glob/atoms.ts";
import { type Owned, shareOwners } from "../glob/owners.ts";
import { Pattern } from "../glob/pattern.ts";
import type { Budget } from "./budget.ts";
import { type Cell, cellTable, type Directions, type Sides, type Step } from "./cells.ts";
import type { TextList } from "./normalise.ts";
import {
  type GroupSide,
  groupSteps,
  keyOfText,
  type TextDimension,
  type TextStep,
  type Wanted,
  wantedTexts,
} from "./text-groups.ts";

/** Requests by one of their texts; of the examples the first stands in a document, or is the shortest. */
export interface TextCell<N extends Step> extends Cell<N, string> {
  /** The patterns with wildcards of which a text matches one if it is in any cell; undefined: any text can be. */
  readonly wild: readonly Pattern[] | undefined;
  /** Whether another text belongs to the cell. */
  readonly holds: (text: string) => boolean;
}

/** A pattern of the documents. */
interface Entry extends Owned {
  readonly pattern: Pattern;
  /** Empty: none. */
  readonly guess: string;
  /** The lists it stands in: the plain ones of a side that go on in the same way count as one. */
  readonly holders: number[];
  /** Where it matches, a direction may be open. */
  readonly wanted: boolean;
}

const none: ReadonlySet<string> = new Set();

/** Of many examples, so many are kept. */
const mostExamples = 200;

/**
 * Cuts all texts into cells: in one cell the same steps match on either side. Looks only where a
 * pattern stands on one side and not on the other, for elsewhere no direction is open: `known` says where,
 * if that is known. `found` returns true to stop early.
 */
export function eachTextCell<N extends Step>(
  dimension: TextDimension<N>,
  steps: Sides<TextStep<N>>,
  directions: Directions,
  budget: Budget,
  found: (cell: TextCell<N>) => boolean,
  known?: Wanted,
): void {
  const groups = groupSteps(steps);
  const { texts: wanted, everything, concerns } = known ?? wantedTexts(dimension, groups, directions);
  if (directions === 0 || (!everything && wanted.size === 0)) return;
  const numbers = new Map<GroupSide | TextList, number>();
  const entries = collect();
  /** One entry for each owner. */
  const owners = shareOwners(entries);
  /** By their texts, those that match nothing else. */
  const texts = new Map<string, Entry>();
  const wild: Entry[] = [];
  for (const entry of entries) {
    const text = entry.guess === "" ? entry.pattern.only : undefined;
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
          const { pattern, guess = "" } = dimension.parse(text, list);
          if (pattern === undefined) continue;
          budget.spend(text.length);
          budget.hold(text.length);
          entry = { pattern, guess, holders: [], wanted: everything || wanted.has(key), owner: -1 };
          known.set(key, entry);
        }
        if (entry.holders.at(-1) !== number) entry.holders.push(number);
      }
    };
    for (const { sides } of groups) {
      for (const side of sides) {
        if (side.whole) continue;
        for (const list of side.plain) put(list, numberOf(side));
        for (const list of side.negated) if (!numbers.has(list)) put(list, numberOf(list));
      }
    }
    const all = { pattern: new Pattern("", true), guess: "", holders: [], wanted: true, owner: -1 };
    return [...known.values(), ...(everything ? [all] : [])];
  }

  function numberOf(holder: GroupSide | TextList): number {
    const number = numbers.get(holder) ?? numbers.size;
    numbers.set(holder, number);
    return number;
  }

  function cut(): void {
    // All that is looked at stands in the same lists: nothing to tell apart.
    const isOne = owners.length < 2;
    if (isOne) for (const entry of entries.slice(0, mostExamples)) noted(entry.pattern.example, [entry]);
    // A text that stands in a document is its own example.
    else for (const [text, entry] of texts) if (entry.wanted) noted(text, matching(text));
    for (const cell of new Set(cells.values())) if (tell(cell)) return;
    if (!isOne && wantedWild.length > 0) explore();
  }

  /** Tells of a cell once. */
  function tell(cell: Cell<N, string>): boolean {
    if (cell.directions === 0 || told.has(cell)) return false;
    told.add(cell);
    const holds = (text: string): boolean => cellOf(matching(text)) === cell;
    const { sides, directions, examples } = cell;
    return found({ sides, directions, examples, wild: everything ? undefined : wantedWild, holds });
  }

  /** What matches a text. */
  function matching(text: string): readonly Entry[] {
    budget.spend(4 * wild.length + 1);
    const among = wild.filter(({ pattern }) => pattern.matches(text, budget));
    const own = texts.get(text);
    return own === undefined ? among : [own, ...among];
  }

  /** Also the cells of texts that do not stand in a document. */
  function explore(): void {
    const isNear = ({ pattern }: Entry): boolean => {
      budget.spend(wantedWild.length * 8);
      return wantedWild.includes(pattern) || wantedWild.some((other) => other.overlaps(pattern, budget));
    };
    const near = everything ? entries : entries.filter(isNear);
    const wantedOwners = new Set(near.flatMap((entry) => (entry.wanted ? entry.owner : [])));
    eachAtom(near, wantedOwners, budget, ({ example, owners: matched }) => {
      const among = matched.flatMap((owner) => owners[owner] ?? []);
      return tell(noted(example, among));
    });
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
    /** What has to be guessed for a list to match; empty: nothing. */
    const guesses = new Map<number, Set<string>>();
    for (const { holders, guess } of entriesOfIt)
      for (const list of holders) guesses.set(list, (guesses.get(list) ?? new Set()).add(guess));
    const matched: [N[], N[]] = [[], []];
    const guessesOf = (holder: GroupSide | TextList) => guesses.get(numbers.get(holder) ?? -1) ?? none;
    for (const { next, sides } of groups) {
      for (const at of [0, 1] as const) {
        const plain = guessesOf(sides[at]);
        if (sides[at].whole || plain.has("")) {
          matched[at].push(next);
          continue;
        }
        // Each guess that comes out true leads on; a negated list needs all of its own to come out false.
        for (const guess of plain) matched[at].push(dimension.withGuess(next, guess, true));
        for (const list of sides[at].negated) {
          const own = guessesOf(list);
          if (own.has("")) continue;
          let step = next;
          for (const guess of own) step = dimension.withGuess(step, guess, false);
          matched[at].push(step);
        }
      }
    }
    const cell = cellOfSteps(...matched);
    cells.set(key, cell);
    return cell;
  }
}
