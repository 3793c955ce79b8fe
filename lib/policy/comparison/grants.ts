import { actionDimension, mayBeAbout } from "../action/dimension.ts";
import { foldKey, variablesOf } from "../glob/template.ts";
import type { Operator } from "../model.ts";
import { nullOperator } from "../operators.ts";
import { bothExceed, type Sides } from "./cells.ts";
import {
  actionList,
  type PlainTest,
  type PrincipalList,
  plainTest,
  plainTests,
  principalList,
  resourceList,
  type TextList,
} from "./normalise.ts";
import type { Asked } from "./reading.ts";
import { groupSteps, type Wanted, wantedTexts } from "./text-groups.ts";
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
  /** All must hold. */
  readonly tests: readonly Test[];
}

interface Kind extends Numbered {
  readonly deny: boolean;
  /** Part of the permissions boundary. */
  readonly boundary: boolean;
}

/** Numbers tell apart what stands once for all that is equal. */
interface Numbered {
  readonly id: number;
}

/** A condition on one key, or a guess about a pattern that holds a variable. */
export interface Test extends Numbered {
  readonly operator: Operator;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
  readonly variables: boolean;
}

/** Guesses are tests on keys that no request has: no condition key begins with a space. */
export const isGuess = (key: string): boolean => key.startsWith(" ");

/** The statements of two sets as paths, of which equal ones are one object. */
export interface Grants {
  /** What each side says, and leads to. */
  readonly paths: Sides<ActionStep>;
  /** The actions that have to be looked at. */
  readonly wanted: Wanted;
  /** What the documents ask of condition keys. */
  readonly tests: readonly Test[];
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
  const spelling = new Map<string, string>();
  const known = new Map<string, Numbered>();
  const versions = new Set<string>();
  const lists = new Set<string>();
  /** Keys that a Null asks for. */
  const nullKeys = new Set<string>();
  for (const { version, statement } of [...own, shared].flat()) {
    versions.add(version);
    for (const { operator, key } of statement.conditions) {
      if (operator.set !== undefined) lists.add(foldKey(key, tagCaseFolds));
      if (operator.kind === "Null") nullKeys.add(foldKey(key, tagCaseFolds));
    }
  }
  let isOldWithVariables = false;

  const [first, second] = [own[0].map(pathOf), own[1].map(pathOf)];
  const wanted = wantedTexts(actionDimension, groupSteps([first, second]), bothExceed);
  const isAbout = mayBeAbout(wanted);
  const both = shared.filter(({ statement }) => isAbout(statement.actions)).map(pathOf);
  const paths = [[...new Set([...first, ...both])], [...new Set([...second, ...both])]] as const;
  // Among documents of the new Version an old one may have been meant to have variables.
  if (isOldWithVariables && versions.size > 1) asked.ask("oldVariables");
  return { paths, wanted, tests, spelling, lists, withGuess };

  function pathOf({ statement, version, boundary }: Written): ActionStep {
    const actions = actionList(statement.actions, () => asked.ask("spacedAction"));
    const resources = statement.resources && resourceList(statement.resources, version);
    const principals = statement.principals && principalList(statement.principals);
    const conditions = plainTests(statement.conditions, version);
    if (resources !== undefined) noteVariables(resources.texts, resources.version);
    const deny = statement.effect === "Deny";
    // A Deny weighs the same wherever it stands.
    const kind = { deny, boundary: boundary && !deny };
    const last = lastStep(kind, [...conditions, ...presences(resources, conditions)].map(testOf));
    return step(actions, step(resources, step(principals, last)));
  }

  /** A pattern whose variable has no value matches nothing: that the variable's key is there, if a Null asks for it. */
  function presences(
    resources: TextList | undefined,
    conditions: readonly PlainTest[],
  ): readonly PlainTest[] {
    const needed = new Set<string>();
    const need = (texts: readonly string[], version: string | undefined): void => {
      const all = variablesIn(texts, version);
      const lacksDefault = (key: string) => all.every((one) => one.has(key) && one.get(key) === undefined);
      for (const key of all[0]?.keys() ?? [])
        if (nullKeys.has(foldKey(key, tagCaseFolds)) && lacksDefault(key)) needed.add(key);
    };
    if (resources?.not === false) need(resources.texts, resources.version);
    for (const { operator, values, version } of conditions) if (asksForMatch(operator)) need(values, version);
    return [...needed].map((key) =>
      plainTest({ operator: nullOperator, key, values: ["false"] }, "2012-10-17"),
    );
  }

  function withGuess(before: PrincipalStep, text: string, expected: boolean): PrincipalStep {
    const values = [String(!expected)];
    const guess = unique(` ${expected}${text}`, (id) => ({
      id,
      operator: nullOperator,
      key: ` ${text}`,
      values,
      variables: false,
    }));
    return step(before.list, lastStep(before, [...before.next.tests, guess]));
  }

  function testOf({ operator, key: written, values, version, id: name }: PlainTest): Test {
    const key = noteKey(written);
    noteVariables(values, version);
    return unique(tagCaseFolds ? name : name + key, (id) => {
      const test = { id, operator, key, values, variables: hasVariables(version, oldVariables) };
      tests.push(test);
      return test;
    });
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
    if (version === "2008-10-17") isOldWithVariables = true;
    for (const variables of variablesIn(texts, version)) for (const key of variables.keys()) noteKey(key);
  }

  /** The variables of each text, with their defaults. */
  function variablesIn(texts: readonly string[], version: string | undefined) {
    return hasVariables(version, oldVariables) ? texts.map(variablesOf) : [];
  }

  function lastStep({ deny, boundary }: Omit<Kind, "id">, asks: readonly Test[]): ConditionStep {
    const sorted = [...new Set(asks)].sort((a, b) => a.id - b.id);
    const key = `${deny} ${boundary} ${sorted.map(({ id }) => id).join()}`;
    return unique(key, (id) => ({ id, deny, boundary, tests: sorted }));
  }

  function step<L extends TextList | PrincipalList | undefined, N extends Kind>(
    list: L,
    next: N,
  ): Kind & { list: L; next: N } {
    const { deny, boundary } = next;
    return unique(`${next.id}=${list?.key}`, (id) => ({ id, deny, boundary, list, next }));
  }

  /** The one object of a key, which says what kind of thing it is. */
  function unique<T extends Numbered>(key: string, make: (id: number) => T): T {
    const found = known.get(key);
    if (found !== undefined) return found as T;
    const made = make(known.size);
    known.set(key, made);
    return made;
  }
}

/** Holds only where one of its values, which can have variables, matches the key's. */
const asksForMatch = ({ kind, negated, set, ifExists }: Operator): boolean =>
  (kind === "String" || kind === "Arn") && !negated && !ifExists && set !== "ForAllValues";

/** Whether `${` in a text is a variable; a text without one has no version of its own. */
export const hasVariables = (version: string | undefined, oldToo: boolean): boolean =>
  version === "2012-10-17" || (version !== undefined && oldToo);
