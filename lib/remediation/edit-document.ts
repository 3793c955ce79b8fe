import type { DocumentSource } from "../model/facts.ts";
import { compare } from "../policy/compare.ts";
import { parseDocument } from "../policy/document.ts";
import { ignoringCase, matches } from "../policy/glob/glob.ts";
import { wildcard } from "../policy/glob/template.ts";
import type { Policy, Statement } from "../policy/model.ts";
import { readJson } from "../policy/read-json.ts";

type Json = Readonly<Record<string, unknown>>;

/** A document as it is written, so that what stays of it stays as it is. */
export interface Written {
  readonly version: unknown;
  readonly statements: readonly Json[];
}

export function readWritten(source: DocumentSource): Written | undefined {
  const read = typeof source === "string" ? readJson(source) : { ok: true as const, value: source };
  if (!read.ok || !isObject(read.value)) return undefined;
  const { Version, Statement } = read.value;
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  return statements.every(isObject) ? { version: Version, statements } : undefined;
}

export const toDocument = ({ version, statements }: Written): Json => ({
  ...(version === undefined ? {} : { Version: version }),
  Statement: statements,
});

export const parseWritten = (written: Written): Policy | undefined => {
  if (written.statements.length === 0) return { version: "2012-10-17", statements: [] };
  const parsed = parseDocument(toDocument(written), { kind: "identity" });
  return parsed.ok ? parsed.policy : undefined;
};

/** Longer lists of actions stay or go whole. */
const maxActions = 120;

/** What of a document lies within `allowed`: statements whole, or those of their actions that do. Deny stays. */
export function withinAllowed(written: Written, allowed: readonly Policy[]): Written {
  const ask = patiently();
  const mentioned = actionsOf(allowed);
  const fits = (statement: Json): boolean => {
    // Cheap and often enough: an action that no allowed statement names cannot fit.
    const { Action } = statement;
    const named: readonly unknown[] = Array.isArray(Action) ? Action : [Action];
    if (named.some((action) => typeof action === "string" && !mentioned(action))) return false;
    const policy = parseWritten({ ...written, statements: [statement] });
    return policy !== undefined && ask([policy], allowed) === "none";
  };
  const statements = written.statements.flatMap((statement): readonly Json[] => {
    return statement["Effect"] === "Deny" ? [statement] : narrowedTo(statement, fits);
  });
  return { ...written, statements };
}

/** A statement whole, or with those of its actions that fit; nothing when none does. */
export function narrowedTo(statement: Json, fits: (statement: Json) => boolean): readonly Json[] {
  if (fits(statement)) return [statement];
  const { Action } = statement;
  const actions = Array.isArray(Action) && Action.length <= maxActions ? Action : [];
  const kept = actions.filter((action) => fits({ ...statement, Action: action }));
  return kept.length === 0 ? [] : [{ ...statement, Action: kept }];
}

/** The actions that a statement names. */
export const actionsIn = ({ Action }: Json): readonly string[] =>
  (Array.isArray(Action) ? Action : [Action]).filter((action) => typeof action === "string");

/** No action that exists has a longer name. */
const longestAction = 128;

/** Whether some Allow may be about an action; true for what only a comparison decides: patterns, and what is long. */
function actionsOf(policies: readonly Policy[]): (action: string) => boolean {
  const granted = policies
    .flatMap(({ statements }) => statements)
    .flatMap(({ effect, actions }) => (effect === "Allow" ? [actions] : []));
  if (granted.some((actions) => actions.not)) return () => true;
  const globs = granted.flatMap(({ patterns }) => patterns.map((pattern) => ignoringCase(wildcard(pattern))));
  return (action) =>
    action.length > longestAction || /[*?]/.test(action) || globs.some((glob) => matches(glob, action));
}

/** Whether the first documents together allow more than the second. */
export function exceeds(
  first: readonly Policy[],
  second: readonly Policy[],
): "none" | "proven" | "undecided" {
  if (second.every(onlyAllows)) {
    if (first.every(({ statements }) => statements.every((statement) => standsIn(statement, second))))
      return "none";
    // What both sides share cancels out, so that only what the first adds is looked into.
    return compare(
      { kind: "identity", documents: [...second, ...first] },
      { kind: "identity", documents: second },
    ).firstExceeds.verdict;
  }
  return compare({ kind: "identity", documents: first }, { kind: "identity", documents: second }).firstExceeds
    .verdict;
}

/** As many comparisons as may stay undecided: what cannot be decided takes long, and the next hardly can. */
const patience = 3;

/** The same for one question after the other, until too many are undecided: then all are, unasked. */
export function patiently(): typeof exceeds {
  let undecided = 0;
  return (first, second) => {
    if (undecided === patience) return "undecided";
    const verdict = exceeds(first, second);
    if (verdict === "undecided") undecided++;
    return verdict;
  };
}

const onlyAllows = ({ statements }: Policy): boolean => statements.every(({ effect }) => effect === "Allow");

/**
 * Whether a statement allows nothing beyond one of the others as they are written: a first look that
 * most statements of a role pass, and that never says yes wrongly.
 */
function standsIn(statement: Statement, policies: readonly Policy[]): boolean {
  if (statement.effect === "Deny") return true;
  const { actions, resources, conditions } = statement;
  if (actions.not || resources === undefined || resources.not) return false;
  const form = JSON.stringify([resources.patterns, conditions]);
  if (form.includes("${")) return false;
  return policies.some(({ statements }) =>
    statements.some(
      (other) =>
        !other.actions.not &&
        JSON.stringify([other.resources?.patterns, other.conditions]) === form &&
        other.resources?.not === false &&
        actions.patterns.every((action) => {
          const lower = action.toLowerCase();
          return other.actions.patterns.some((pattern) => pattern.toLowerCase() === lower);
        }),
    ),
  );
}

/** The statements of `required` that the documents do not cover already. */
export function uncovered(required: readonly Written[], documents: readonly Policy[]): readonly Json[] {
  const ask = patiently();
  return required.flatMap((written) =>
    written.statements.filter((statement) => {
      const alone = parseWritten({ ...written, statements: [statement] });
      return alone !== undefined && ask([alone], documents) !== "none";
    }),
  );
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
