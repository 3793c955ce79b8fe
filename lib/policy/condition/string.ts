import type { Budget } from "../comparison/budget.ts";
import { arnGlob, hasFewFields, hasTwoReadings, isShortArn, openArnGlob } from "../glob/arn.ts";
import { eachAtom } from "../glob/atoms.ts";
import { covers, type Template } from "../glob/covers.ts";
import { any, type Glob, ignoringCase, isOddLetter, star } from "../glob/glob.ts";
import { Pattern as GlobPattern } from "../glob/pattern.ts";
import { fillTemplate, foldVariables } from "../glob/template.ts";
import { plausibleText } from "../witness/plausible.ts";
import { type Family, PointTable, type Surroundings, type ValueTest } from "./point.ts";

/** A value of a policy as a pattern of texts. */
interface Pattern {
  readonly text: string;
  readonly glob: GlobPattern;
  /** Names the guess whether an open pattern matches what its glob does. */
  readonly guess: string | undefined;
  /** An open pattern, to be held against others. */
  readonly template: Template | undefined;
}

/** Texts and ARNs: with wildcards, ignoring case, or as they stand. */
export const string: Family = {
  reader(test, surroundings) {
    const patterns = patternsOf(test, surroundings);
    return (value) => {
      let answer: boolean | undefined = false;
      for (const pattern of patterns) {
        if (!pattern.glob.matches(value)) continue;
        if (pattern.guess === undefined) return true;
        answer = undefined;
      }
      return answer;
    };
  },

  points(tests, surroundings) {
    const { budget } = surroundings;
    const found = new TextPoints(tests, surroundings);
    const { table, patterns } = found;
    for (const value of candidates(
      patterns.map(({ pattern }) => pattern),
      surroundings,
    )) {
      budget.spend(patterns.length * 4);
      found.addText(value);
    }
    // Often the likely values tell all there is to tell.
    const isWhole = table.isWhole(tests.filter(({ values }) => values.length > 0).length);
    // Texts without wildcards: each is a point, and so is what is none of them.
    const isPlain = patterns.every(
      ({ pattern }) => pattern.guess === undefined && pattern.glob.only !== undefined,
    );
    if (!isWhole && !isPlain) {
      const all = -1;
      const owned = patterns.map(({ pattern, owner }) => ({ pattern: pattern.glob, owner }));
      owned.push({ pattern: new GlobPattern([any, star]), owner: all });
      eachAtom(owned, new Set([all]), budget, ({ example, owners }) => {
        found.add(example, owners);
        return false;
      });
    }
    // The empty text last, for a list cannot be relied on to hold it.
    found.addText("");
    return table.list();
  },
};

/** Patterns that the same tests ask for; a guess stands alone. */
interface Owner {
  readonly tests: readonly number[];
  readonly pattern: Pattern;
}

/** Gathers points of texts, by which owners' patterns match them. */
class TextPoints {
  readonly table = new PointTable();
  readonly patterns: readonly { readonly pattern: Pattern; readonly owner: number }[];
  readonly #owners: Owner[] = [];
  readonly #tests: readonly ValueTest[];
  readonly #surroundings: Surroundings;

  constructor(tests: readonly ValueTest[], surroundings: Surroundings) {
    this.#tests = tests;
    this.#surroundings = surroundings;
    const byText = new Map<string, { pattern: Pattern; tests: number[] }>();
    for (const [index, test] of tests.entries()) {
      for (const pattern of patternsOf(test, surroundings)) {
        const key = pattern.guess ?? pattern.glob.key;
        const known = byText.get(key);
        if (known === undefined) byText.set(key, { pattern, tests: [index] });
        else if (known.tests.at(-1) !== index) known.tests.push(index);
      }
    }
    const numbers = new Map<string, number>();
    this.patterns = [...byText.values()].map((one) => {
      const key = `${one.tests.join()}${one.pattern.guess ?? ""}`;
      const owner = numbers.get(key) ?? this.#owners.push(one) - 1;
      numbers.set(key, owner);
      return { pattern: one.pattern, owner };
    });
  }

  addText(value: string): void {
    const matching = this.patterns.filter(({ pattern }) => pattern.glob.matches(value));
    this.add(value, new Set(matching.map(({ owner }) => owner)));
  }

  /** Adds the points of a text: one for each way in which the guesses that it meets may come out. */
  add(value: string, owners: Iterable<number>): void {
    const sure = new Set<number>();
    const open: Owner[] = [];
    for (const owner of owners) {
      const found = this.#owners[owner];
      if (found === undefined) continue;
      if (found.pattern.guess !== undefined) open.push(found);
      else for (const test of found.tests) sure.add(test);
    }
    const { budget } = this.#surroundings;
    budget.spend(2 ** Math.min(open.length, 40));
    // What a pattern matches, one that covers it matches too.
    const follows = open.map((inner) => open.map((outer) => isWithin(inner.pattern, outer.pattern, budget)));
    for (let guess = 0; guess < 2 ** open.length; guess++) {
      const isTrue = (i: number): boolean => ((guess >> i) & 1) === 1;
      if (follows.some((row, i) => isTrue(i) && row.some((within, j) => within && !isTrue(j)))) continue;
      const hit = new Set(sure);
      for (const [i, { tests }] of open.entries()) if (isTrue(i)) for (const test of tests) hit.add(test);
      const hits = this.#tests.map((test, i) => hit.has(i) || this.#countsAsMatch(test, value));
      this.table.add(value, hits, open.length === 0 ? undefined : "guess");
    }
  }

  /** One reading of ArnNotLike: what is no ARN cannot be unlike one either. */
  #countsAsMatch({ operator, values, variables }: ValueTest, value: string): boolean {
    if (operator.kind !== "Arn" || !operator.negated) return false;
    const odd =
      isShortArn(value) || values.some((text) => isShortArn(text) && !(variables && text.includes("${")));
    return odd && !this.#surroundings.asked.ask("notLikeNoArn");
  }
}

/** The most that a pattern can match whatever its odd letters do. */
const withoutOddLetters = (glob: Glob): Glob =>
  glob.map((token) => {
    const isSurrogate = token >= 0xd800 && token < 0xe000;
    return token > 127 && (isSurrogate || isOddLetter(String.fromCharCode(token))) ? star : token;
  });

function isWithin(inner: Pattern, outer: Pattern, budget: Budget): boolean {
  if (inner === outer || inner.template === undefined || outer.template === undefined) return false;
  return covers(outer.template, inner.template, budget);
}

const patternsOf = (test: ValueTest, surroundings: Surroundings): readonly Pattern[] =>
  test.values.flatMap((text) => patternOf(text, test, surroundings) ?? []);

/** Undefined when nothing matches. */
function patternOf(
  text: string,
  { operator: { kind, comparison, negated }, variables }: ValueTest,
  { asked, assignment }: Surroundings,
): Pattern | undefined {
  const arn = kind === "Arn";
  const wildcards = arn || comparison === "Like";
  const folds = comparison === "EqualsIgnoreCase";
  const sure = (glob: string | Glob): Pattern => {
    return { text, glob: new GlobPattern(glob), guess: undefined, template: undefined };
  };
  const oddLetters = folds && [...text].some(isOddLetter) && asked.ask("oddLettersFold");
  const plain = !wildcards || (!text.includes("*") && !text.includes("?"));
  if (plain && !folds && !(variables && text.includes("${")) && !(arn && isShortArn(text))) return sure(text);
  const { tagCaseFolds } = asked.reading;
  const filled = fillTemplate(text, wildcards, variables && { tagCaseFolds, assignment });
  if (filled.glob === undefined) return undefined;
  let { glob } = filled;
  if (folds) glob = ignoringCase(oddLetters ? withoutOddLetters(glob) : glob);
  else if (arn && filled.openAt !== undefined) glob = openArnGlob(glob, filled.openAt);
  else if (arn) {
    const short = hasFewFields(glob);
    if (short && !negated && !asked.ask("shortArnMatches")) return undefined;
    glob = arnGlob(glob, short && hasTwoReadings(glob) && asked.ask("shortArnAsText"));
  }
  if (filled.openAt === undefined) return sure(glob);
  const folded = foldVariables(text, tagCaseFolds);
  const template = folds ? undefined : { text: folded, wildcards, fields: arn };
  return { ...sure(glob), guess: `${kind}${comparison} ${folded}`, template };
}

/** Values that read well: tried before the automaton's shortest ones. */
function candidates(patterns: readonly Pattern[], { fresh }: Surroundings): Iterable<string> {
  const values = new Set<string>();
  const texts = new Set(patterns.map(({ glob }) => glob.only));
  for (const value of fresh) values.add(value);
  for (let i = 0; [...values].every((value) => texts.has(value)); i++) values.add(`example-${i}`);
  for (const { glob, text } of patterns) values.add(glob.only ?? plausibleText(text));
  values.delete("");
  return values;
}
