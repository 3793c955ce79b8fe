import { mayBeAbout } from "../action/dimension.ts";
import { foldKey, variablesOf } from "../glob/template.ts";
import type { Operator } from "../model.ts";
import { nullOperator } from "../operators.ts";
import { firstExceeds, type Sides, secondExceeds } from "./cells.ts";
import { type PlainStatement, type PlainTest, type PrincipalList, plainTest, TextList } from "./normalise.ts";
import type { Asked } from "./reading.ts";
import { groupSteps, wantedTexts } from "./text-groups.ts";
import type { Division, Written } from "./written.ts";

/**
 * A statement as a path: its actions, then its resources, then its principals, then its conditions. Paths
 * that go on in the same way share what follows, so that two statements which agree from some point on
 * are the same object from there.
 */
export interface ActionStep extends Kind {
  readonly list: TextList;
  readonly next: ResourceStep;
}
export interface ResourceStep extends Kind {
  /** Undefined: the document does not name resources, and means all. */
  readonly list: TextList | undefined;
  readonly next: PrincipalStep;
}
export interface PrincipalStep extends Kind {
  readonly list: PrincipalList | undefined;
  readonly next: ConditionStep;
}
export interface ConditionStep extends Kind {
  /** All must hold; numbers of tests in `Grants.tests`, sorted. */
  readonly tests: readonly number[];
}

interface Kind {
  readonly id: number;
  readonly deny: boolean;
  /** Part of the permissions boundary. */
  readonly boundary: boolean;
}

/** A condition on one key, or a guess about a pattern that holds a variable. */
export interface Test {
  readonly operator: Operator;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
  readonly variables: boolean;
  readonly id: number;
}

/** Guesses are tests on keys that no request has: no condition key begins with a space. */
export const isGuess = (key: string): boolean => key.startsWith(" ");

/** The statements of two sets as paths, of which equal ones are one object. */
export interface Grants {
  /** What each side says, and leads to. */
  readonly paths: Sides<ActionStep>;
  readonly tests: readonly Test[];
  /** The statements that have a path. */
  readonly read: readonly PlainStatement[];
  /** How a key is written in the documents. */
  readonly spelling: ReadonlyMap<string, string>;
  /** Keys that a set operator is used on somewhere. */
  readonly lists: ReadonlySet<string>;
  /** The same path with the test at its end that a guess came out as `expected`. */
  readonly withGuess: (step: PrincipalStep, text: string, expected: boolean) => PrincipalStep;
}

/**
 * The paths of what only one side says, and of what both say as far as it is about the same actions. In
 * all other requests the same statements have a say on both sides.
 */
export function grantsOf({ own, shared }: Division, asked: Asked): Grants {
  const { tagCaseFolds, oldVariables } = asked.reading;
  const tests: Test[] = [];
  const read: PlainStatement[] = [];
  const spelling = new Map<string, string>();
  const lists = new Set<string>();
  const steps = new Map<string, Kind>();
  const testIds = new Map<string, number>();
  /** Keys of lists are long: a number stands for each. */
  const numbers = new Map<string, number>();
  const versions = new Set<string>();
  let isOldWithVariables = false;
  let keysAsked: ReadonlySet<string> | undefined;

  const paths = [new Set(own[0].map(pathOf)), new Set(own[1].map(pathOf))] as const;
  const groups = groupSteps([[...paths[0]], [...paths[1]]]);
  const isAbout = mayBeAbout(wantedTexts(groups, firstExceeds | secondExceeds));
  for (const written of shared) {
    if (isAbout(written.statement.actions)) {
      const path = pathOf(written);
      for (const side of paths) side.add(path);
    } else noteElsewhere(written);
  }
  // Among documents of the new Version an old one may have been meant to have variables.
  if (isOldWithVariables && versions.size > 1) asked.ask("oldVariables");
  return { paths: [[...paths[0]], [...paths[1]]], tests, read, spelling, lists, withGuess };

  function pathOf(written: Written): ActionStep {
    const { deny, actions, resources, principals, tests: asks } = written.plain;
    read.push(written.plain);
    versions.add(written.version);
    noteVersion(resources?.version);
    if (resources !== undefined) noteVariables(resources.texts, resources.version);
    // A Deny weighs the same wherever it stands.
    const kind = { deny, boundary: written.boundary && !deny };
    const last = conditions(kind, [...asks, ...presences(written.plain)].map(testOf));
    const principal = step("P", kind, principals, last);
    const resource = step("R", kind, resources, principal);
    const isSpaced = actions.key.includes(" ") && asked.ask("spacedAction");
    return step("A", kind, isSpaced ? withoutSpaces(actions) : actions, resource);
  }

  function noteElsewhere({ version, statement }: Written): void {
    versions.add(version);
    for (const { operator, key } of statement.conditions) {
      if (operator.set !== undefined) lists.add(foldKey(key, tagCaseFolds));
    }
  }

  /** A pattern whose variable has no value matches nothing: that the variable's key is there, if a Null asks for it. */
  function presences({ resources, tests: asks }: PlainStatement): readonly PlainTest[] {
    const needed = new Set<string>();
    const need = (texts: readonly string[], version: string | undefined): void => {
      const [first, ...others] = hasVariables(version, oldVariables) ? texts.map(variablesOf) : [];
      for (const [key, fallback] of first ?? [])
        if (fallback === undefined && others.every((one) => one.has(key) && one.get(key) === undefined))
          needed.add(key);
    };
    if (resources?.not === false) need(resources.texts, resources.version);
    for (const { operator, values, version } of asks) if (asksForMatch(operator)) need(values, version);
    if (needed.size === 0) return [];
    keysAsked ??= new Set(
      [...own[0], ...own[1], ...shared].flatMap(({ statement }) =>
        statement.conditions.flatMap(({ operator, key }) =>
          operator.name === "Null" ? foldKey(key, tagCaseFolds) : [],
        ),
      ),
    );
    return [...needed]
      .filter((key) => keysAsked?.has(foldKey(key, tagCaseFolds)))
      .map((key) => plainTest({ operator: nullOperator, key, values: ["false"] }, "2012-10-17"));
  }

  function noteVersion(version: string | undefined): void {
    if (version === "2008-10-17") isOldWithVariables = true;
  }

  function withGuess(before: PrincipalStep, text: string, expected: boolean): PrincipalStep {
    const test = { operator: nullOperator, key: ` ${text}`, values: [String(!expected)], variables: false };
    const last = conditions(before, [...before.next.tests, numberOf(` ${expected}${text}`, test)]);
    return step("P", before, before.list, last);
  }

  /** The number of a condition's test. */
  function testOf({ operator, key: written, values, version, id }: PlainTest): number {
    const key = noteKey(written);
    noteVersion(version);
    noteVariables(values, version);
    if (operator.set !== undefined) lists.add(key);
    const variables = hasVariables(version, oldVariables);
    return numberOf(tagCaseFolds ? id : id + key, { operator, key, values, variables });
  }

  /** A key as the documents write it; gives what it is compared by. */
  function noteKey(written: string): string {
    const key = foldKey(written, tagCaseFolds);
    const before = spelling.get(key);
    if (before === undefined) spelling.set(key, written);
    else if (foldKey(before, false) !== foldKey(written, false)) asked.ask("tagCaseFolds");
    return key;
  }

  function noteVariables(texts: readonly string[], version: string | undefined): void {
    if (!hasVariables(version, oldVariables)) return;
    for (const text of texts) for (const key of variablesOf(text).keys()) noteKey(key);
  }

  function numberOf(key: string, test: Omit<Test, "id">): number {
    return numbered(testIds, key, (id) => tests.push({ ...test, id }));
  }

  function conditions(kind: Omit<Kind, "id">, asks: readonly number[]): ConditionStep {
    const sorted = asks.length > 1 ? [...new Set(asks)].sort((a, b) => a - b) : asks;
    const { deny, boundary } = kind;
    return intern(`C${mark(kind)}${sorted.join()}`, (id) => ({ id, deny, boundary, tests: sorted }));
  }

  function step<L extends TextList | PrincipalList | undefined, N extends Kind>(
    level: string,
    kind: Omit<Kind, "id">,
    list: L,
    next: N,
  ): Kind & { list: L; next: N } {
    const key = `${level}${next.id} ${list === undefined ? "" : numbered(numbers, list.key)}`;
    return intern(key, (id) => ({ id, deny: kind.deny, boundary: kind.boundary, list, next }));
  }

  /** The step of this key, which says what kind of step it is. */
  function intern<S extends Kind>(key: string, make: (id: number) => S): S {
    const found = steps.get(key);
    if (found !== undefined) return found as S;
    const made = make(steps.size);
    steps.set(key, made);
    return made;
  }
}

function withoutSpaces({ not, texts }: TextList): TextList {
  const trimmed = texts.map((text) => text.replaceAll(" ", ""));
  return new TextList(not, trimmed, undefined, trimmed.join("\n"));
}

/** Holds only where one of its values, which can have variables, matches the key's. */
const asksForMatch = ({ kind, negated, set, ifExists }: Operator): boolean =>
  (kind === "String" || kind === "Arn") && !negated && !ifExists && set !== "ForAllValues";

/** A number for each key, from 0 on; `added` is told of new ones. */
function numbered(numbers: Map<string, number>, key: string, added?: (number: number) => void): number {
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(key, number);
    added?.(number);
  }
  return number;
}

/** Whether `${` in a text is a variable; a text without one has no version of its own. */
export const hasVariables = (version: string | undefined, oldToo: boolean): boolean =>
  version === "2012-10-17" || (version !== undefined && oldToo);

const mark = (kind: Omit<Kind, "id">): string => `${kind.deny ? "D" : "A"}${kind.boundary ? "B" : ""} `;
