import { mayBeAbout } from "../action/dimension.ts";
import type { Operator } from "../model.ts";
import { firstExceeds, type Sides, secondExceeds } from "./cells.ts";
import type { PlainStatement, PlainTest, PrincipalList, TextList } from "./normalise.ts";
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

/** Makes paths, and sees to it that equal ones are one object. */
export class Grants {
  readonly tests: Test[] = [];
  /** The statements that have a path. */
  readonly read: PlainStatement[] = [];
  /** How a key is written in the documents. */
  readonly spelling = new Map<string, string>();
  /** Keys that a set operator is used on somewhere. */
  readonly lists = new Set<string>();
  readonly #steps = new Map<string, Kind>();
  readonly #lists = new Map<string, number>();
  readonly #testIds = new Map<string, number>();
  readonly #asked: Asked;
  readonly #versions = new Set<string>();
  #oldVariables = false;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /**
   * The paths of what only one side says, and of what both say as far as it is about the same actions. In
   * all other requests the same statements have a say on both sides.
   */
  pathsOf({ own, shared }: Division): Sides<ActionStep> {
    const paths = [new Set(own[0].map(this.#path)), new Set(own[1].map(this.#path))] as const;
    const groups = groupSteps([[...paths[0]], [...paths[1]]]);
    const wanted = wantedTexts(groups, firstExceeds | secondExceeds);
    const isAbout = mayBeAbout(wanted);
    for (const written of shared) {
      if (isAbout(written.statement.actions)) {
        const path = this.#path(written);
        for (const side of paths) side.add(path);
      } else this.#noteElsewhere(written);
    }
    // Among documents of the new Version an old one may have been meant to have variables.
    if (this.#oldVariables && this.#versions.size > 1) this.#asked.ask("oldVariables");
    return [[...paths[0]], [...paths[1]]];
  }

  readonly #path = (written: Written): ActionStep => {
    const { deny, actions, resources, principals, tests } = written.plain;
    this.read.push(written.plain);
    this.#versions.add(written.version);
    this.#noteVersion(resources?.version);
    // A Deny weighs the same wherever it stands.
    const kind = { deny, boundary: written.boundary && !deny };
    const last = this.#conditionStep(kind, tests);
    const principal = this.#step("P", kind, principals, last);
    const resource = this.#step("R", kind, resources, principal);
    return this.#step("A", kind, actions, resource);
  };

  #noteElsewhere({ version, statement }: Written): void {
    this.#versions.add(version);
    for (const { operator, key } of statement.conditions) {
      if (operator.set !== undefined) this.lists.add(this.#foldKey(key));
    }
  }

  #noteVersion(version: string | undefined): void {
    if (version === "2008-10-17") this.#oldVariables = true;
  }

  /** The same path with one more test at its end. */
  withTest<S extends PrincipalStep | ConditionStep>(step: S, test: number): S;
  withTest(step: PrincipalStep | ConditionStep, test: number): PrincipalStep | ConditionStep {
    if ("tests" in step) return this.#conditions(step, [...step.tests, test]);
    return this.#step("P", step, step.list, this.withTest(step.next, test));
  }

  /** A test that a guess came out as `expected`. */
  guess(text: string, expected: boolean): number {
    const operator: Operator = { name: "Null", ifExists: false };
    return this.#test(` ${expected}${text}`, {
      operator,
      key: ` ${text}`,
      values: [String(!expected)],
      variables: false,
    });
  }

  #conditionStep(kind: Omit<Kind, "id">, tests: readonly PlainTest[]): ConditionStep {
    const ids = tests.map((test) => {
      const key = this.#foldKey(test.key);
      const id = this.#asked.reading.tagCaseFolds ? test.id : test.id + key;
      this.#noteVersion(test.version);
      const spelling = this.spelling.get(key);
      if (spelling === undefined) this.spelling.set(key, test.key);
      else if (foldAllButTag(spelling) !== foldAllButTag(test.key)) this.#asked.ask("tagCaseFolds");
      if (test.operator.set !== undefined) this.lists.add(key);
      return this.#test(id, {
        operator: test.operator,
        key,
        values: test.values,
        variables: hasVariables(test.version, this.#asked.reading.oldVariables),
      });
    });
    return this.#conditions(kind, ids);
  }

  #foldKey(key: string): string {
    return this.#asked.reading.tagCaseFolds ? key.toLowerCase() : foldAllButTag(key);
  }

  #test(key: string, test: Omit<Test, "id">): number {
    let id = this.#testIds.get(key);
    if (id === undefined) {
      id = this.tests.length;
      this.#testIds.set(key, id);
      this.tests.push({ ...test, id });
    }
    return id;
  }

  #conditions(kind: Omit<Kind, "id">, tests: readonly number[]): ConditionStep {
    const sorted = tests.length > 1 ? [...new Set(tests)].sort((a, b) => a - b) : tests;
    const key = `C${mark(kind)}${sorted.join()}`;
    return this.#intern(key, (id) => ({ id, deny: kind.deny, boundary: kind.boundary, tests: sorted }));
  }

  #step<L extends TextList | PrincipalList, N extends Kind>(
    level: string,
    kind: Omit<Kind, "id">,
    list: L,
    next: N,
  ): Kind & { list: L; next: N };
  #step<L extends TextList | PrincipalList, N extends Kind>(
    level: string,
    kind: Omit<Kind, "id">,
    list: L | undefined,
    next: N,
  ): Kind & { list: L | undefined; next: N };
  #step<L extends TextList | PrincipalList, N extends Kind>(
    level: string,
    kind: Omit<Kind, "id">,
    list: L | undefined,
    next: N,
  ): Kind & { list: L | undefined; next: N } {
    const key = `${level}${next.id} ${list === undefined ? "" : this.#numberOf(list.key)}`;
    return this.#intern(key, (id) => ({ id, deny: kind.deny, boundary: kind.boundary, list, next }));
  }

  /** Keys of lists are long: a number stands for each. */
  #numberOf(key: string): number {
    let number = this.#lists.get(key);
    if (number === undefined) {
      number = this.#lists.size;
      this.#lists.set(key, number);
    }
    return number;
  }

  #intern<S extends Kind>(key: string, make: (id: number) => S): S {
    const found = this.#steps.get(key);
    // The key says which kind of step it is.
    if (found !== undefined) return found as S;
    const made = make(this.#steps.size);
    this.#steps.set(key, made);
    return made;
  }
}

/** Whether `${` in a text is a variable; a text without one has no version of its own. */
export const hasVariables = (version: string | undefined, oldToo: boolean): boolean =>
  version === "2012-10-17" || (version !== undefined && oldToo);

const mark = (kind: Omit<Kind, "id">): string => `${kind.deny ? "D" : "A"}${kind.boundary ? "B" : ""} `;

/** `aws:RequestTag/Team`: the key's name ignores letter case, the tag's key in it keeps its own. */
function foldAllButTag(key: string): string {
  const slash = key.indexOf("/");
  return slash < 0 ? key.toLowerCase() : key.slice(0, slash).toLowerCase() + key.slice(slash);
}
