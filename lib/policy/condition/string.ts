import type { Budget } from "../comparison/budget.ts";
import type { Asked } from "../comparison/reading.ts";
import { arnGlob, hasFewFields, hasTwoReadings, isShortArn, openArnGlob } from "../glob/arn.ts";
import { eachAtom } from "../glob/atoms.ts";
import { covers, type Template } from "../glob/covers.ts";
import { any, type Glob, ignoringCase, isOddLetter, star } from "../glob/glob.ts";
import { type Owned, shareOwners } from "../glob/owners.ts";
import { Pattern } from "../glob/pattern.ts";
import { fillTemplate, foldVariables } from "../glob/template.ts";
import { plausibleText } from "../witness/plausible.ts";
import {
  choicesOf,
  type Family,
  PointTable,
  type Surroundings,
  unreadDoubt,
  type ValueTest,
} from "./point.ts";

/** A value of a policy as a pattern of texts. */
interface ReadValue {
  readonly text: string;
  readonly pattern: Pattern;
  /** Names the guess whether an open pattern matches what its glob does. */
  readonly guess: string | undefined;
  /** An open pattern, to be held against others. */
  readonly template: Template | undefined;
}

/** A value and the tests that ask for it. */
interface Entry extends ReadValue, Owned {
  readonly holders: number[];
}

/** Texts and ARNs: with wildcards, ignoring case, or as they stand. */
export const string: Family = (tests, surroundings) => {
  const { asked, budget } = surroundings;
  const entries = entriesOf(tests, surroundings);
  return (only) => {
    const table = new PointTable();
    for (const text of only === undefined ? likelyTexts(entries, surroundings) : [only]) addText(text);
    if (only !== undefined) return table.list();
    // Often the likely values tell all there is to tell.
    if (table.isWhole(tests.filter(({ values }) => values.length > 0).length)) return table.list();
    // Texts without wildcards: each is a point, and so is what is none of them.
    if (!entries.every(({ pattern, guess }) => guess === undefined && pattern.only !== undefined)) {
      const owners = shareOwners(entries);
      const all = { pattern: new Pattern([any, star]), owner: -1 };
      eachAtom([...entries, all], new Set([all.owner]), budget, (atom) => {
        const matching = atom.owners.flatMap((owner) => owners[owner] ?? []);
        add(atom.example, matching);
        return false;
      });
      addText("");
    }
    return table.list();

    function addText(text: string): void {
      budget.spend(entries.length * 4);
      const matching = entries.filter(({ pattern }) => pattern.matches(text, budget));
      add(text, matching);
    }

    /** Adds the points of a text: one for each way in which the guesses that it meets may come out. */
    function add(text: string, matching: readonly Entry[]): void {
      const sure = matching.filter(({ guess }) => guess === undefined);
      const open = matching.filter(({ guess }) => guess !== undefined);
      const wider = new Map(
        open.map((inner) => [inner, open.filter((outer) => isWithin(inner, outer, budget))]),
      );
      for (const right of choicesOf(open, budget)) {
        // What a pattern matches, one that covers it matches too.
        if (right.some((inner) => wider.get(inner)?.some((outer) => !right.includes(outer)))) continue;
        const holders = new Set([...sure, ...right].flatMap((entry) => entry.holders));
        const hits = tests.map((test, i) => holders.has(i) || countsAsMatch(test, text, asked));
        table.add(text, hits, open.length === 0 ? undefined : unreadDoubt);
      }
    }
  };
};

/** One reading of ArnNotLike: what is no ARN cannot be unlike one either. */
function countsAsMatch({ operator, values, variables }: ValueTest, text: string, asked: Asked): boolean {
  if (operator.kind !== "Arn" || !operator.negated) return false;
  const odd =
    isShortArn(text) || values.some((value) => isShortArn(value) && !(variables && value.includes("${")));
  return odd && !asked.ask("notLikeNoArn");
}

/** The most that a pattern can match whatever its odd letters do. */
const withoutOddLetters = (glob: Glob): Glob =>
  glob.map((token) => {
    const isSurrogate = token >= 0xd800 && token < 0xe000;
    return isSurrogate || isOddLetter(String.fromCharCode(token)) ? star : token;
  });

function isWithin(inner: ReadValue, outer: ReadValue, budget: Budget): boolean {
  if (inner === outer || inner.template === undefined || outer.template === undefined) return false;
  return covers(outer.template, inner.template, budget);
}

function entriesOf(tests: readonly ValueTest[], surroundings: Surroundings): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const [index, test] of tests.entries()) {
    for (const text of test.values) {
      const value = readValue(text, test, surroundings);
      if (value === undefined) continue;
      const key = value.guess ?? value.pattern.key;
      const entry = entries.get(key) ?? { ...value, holders: [], owner: -1 };
      entries.set(key, entry);
      if (entry.holders.at(-1) !== index) entry.holders.push(index);
    }
  }
  return [...entries.values()];
}

/** Undefined when nothing matches. */
function readValue(
  text: string,
  { operator: { kind, comparison, negated }, variables }: ValueTest,
  { asked, assignment }: Surroundings,
): ReadValue | undefined {
  const arn = kind === "Arn";
  const folds = comparison === "EqualsIgnoreCase";
  const sure = (glob: string | Glob): ReadValue => {
    return { text, pattern: new Pattern(glob), guess: undefined, template: undefined };
  };
  if (!folds && !/[*?$]/.test(text) && !(arn && isShortArn(text))) return sure(text);
  const wildcards = arn || comparison === "Like";
  const { tagCaseFolds } = asked.reading;
  const { glob, openAt } = fillTemplate(text, wildcards, variables && { tagCaseFolds, assignment });
  if (glob === undefined) return undefined;
  let shaped = glob;
  if (folds) {
    const oddLetters = [...text].some(isOddLetter) && asked.ask("oddLettersFold");
    shaped = ignoringCase(oddLetters ? withoutOddLetters(glob) : glob);
  } else if (arn && openAt !== undefined) shaped = openArnGlob(glob, openAt);
  else if (arn) {
    if (!negated && hasFewFields(glob) && !asked.ask("shortArnMatches")) return undefined;
    shaped = arnGlob(glob, hasTwoReadings(glob) && asked.ask("shortArnAsText"));
  }
  if (openAt === undefined) return sure(shaped);
  const folded = foldVariables(text, tagCaseFolds);
  const template = folds ? undefined : { text: folded, wildcards, fields: arn };
  return { ...sure(shaped), guess: `${kind}${comparison} ${folded}`, template };
}

/** Values that read well: tried before the automaton's shortest ones. */
function likelyTexts(entries: readonly Entry[], { fresh }: Surroundings): Iterable<string> {
  const likely = new Set(fresh);
  const texts = new Set(entries.map(({ pattern }) => pattern.only));
  for (let i = 0; [...likely].every((text) => texts.has(text)); i++) likely.add(`example-${i}`);
  for (const { pattern, text } of entries) likely.add(pattern.only ?? plausibleText(text));
  // The empty text last, for a list cannot be relied on to hold it.
  if (likely.delete("")) likely.add("");
  return likely;
}
