import { type Assignment, foldKey, variablesOf } from "../glob/template.ts";
import { freshValues, plausibleText } from "../witness/plausible.ts";
import { type Grants, hasVariables } from "./grants.ts";
import type { Reading } from "./reading.ts";

const mostAssignments = 24;
/** So many pairs of a pattern and another text are looked at for them. */
const mostPairs = 400_000;

/**
 * Values to try for the policy variables of some statements: likely ones, then none at all, then for each
 * variable those that make its pattern meet another pattern of the documents.
 */
export function assignments(grants: Grants, reading: Reading): readonly Assignment[] {
  const found = new Map<string, Assignment>();
  for (const assignment of worthTrying(grants, reading)) {
    found.set(JSON.stringify([...assignment]), assignment);
    if (found.size === mostAssignments) break;
  }
  return [...found.values()];
}

function* worthTrying(grants: Grants, reading: Reading): Iterable<Assignment> {
  const { variables, patterns, literals } = gather(grants, reading);
  if (variables.size === 0) return;
  const likely = new Map([...variables].map((key) => [key, freshValues(key)[0] ?? "example"]));
  yield likely;
  yield new Map(
    [...variables].map((key, i) => [key, `${freshValues(key)[1] ?? "other"}${i === 0 ? "" : `-${i}`}`]),
  );
  for (const key of variables)
    for (const value of literals.get(key) ?? []) yield new Map(likely).set(key, value);
  yield new Map([...variables].map((key) => [key, undefined]));
  for (const key of variables) yield new Map<string, string | undefined>(likely).set(key, undefined);
  const texts = new Set([...patterns, ...[...literals.values()].flatMap((values) => [...values])]);
  const others = [...texts]
    .map((text) => ({ text, plain: plausibleText(text) }))
    .filter(({ plain }) => !plain.includes("${"));
  let left = mostPairs;
  for (const text of patterns) {
    const [written] = variablesOf(text).keys();
    if (written === undefined) continue;
    left -= others.length;
    if (left < 0) return;
    const key = foldKey(written, reading.tagCaseFolds);
    const start = text.slice(0, text.indexOf("${"));
    const [stop = ""] = text.slice(text.indexOf("}") + 1).split(/[*?$]/, 1);
    for (const other of others) {
      if (other.text === text || !other.plain.startsWith(start)) continue;
      const rest = other.plain.slice(start.length);
      const length = stop === "" ? rest.length : rest.indexOf(stop);
      if (length > 0) yield new Map(likely).set(key, rest.slice(0, length));
    }
  }
}

/** The variables, the patterns they stand in or next to, and the values that tests compare each key with. */
function gather({ paths, tests }: Grants, { oldVariables, tagCaseFolds }: Reading) {
  const variables = new Set<string>();
  const patterns = new Set<string>();
  const literals = new Map<string, Set<string>>();
  const see = (texts: readonly string[], hasThem: boolean): void => {
    for (const text of texts) {
      patterns.add(text);
      if (hasThem) for (const key of variablesOf(text).keys()) variables.add(foldKey(key, tagCaseFolds));
    }
  };
  for (const { next } of paths.flat())
    see(next.list?.texts ?? [], hasVariables(next.list?.version, oldVariables));
  for (const { key, values, variables } of tests) {
    if (variables) see(values, true);
    const known = literals.get(key) ?? new Set<string>();
    literals.set(key, known);
    for (const value of values) if (!value.includes("${")) known.add(plausibleText(value));
  }
  return { variables, patterns, literals };
}
