import { type Assignment, foldKey, variablesOf } from "../glob/template.ts";
import { freshValues, plausibleText } from "../witness/plausible.ts";
import { type Grants, hasVariables } from "./grants.ts";
import type { Reading } from "./reading.ts";

const mostAssignments = 24;

/**
 * Values to try for the policy variables of some statements: likely ones, then none at all, then for each
 * variable those that make its pattern meet another pattern of the documents.
 */
export function assignments(grants: Grants, reading: Reading): readonly Assignment[] {
  const { variables, patterns, literals } = gather(grants, reading);
  if (variables.size === 0) return [];
  const likely = new Map([...variables].map((key) => [key, freshValues(key)[0] ?? "example"]));
  const found = new Map<string, Assignment>();
  const add = (assignment: Assignment): void => {
    if (found.size < mostAssignments) found.set(JSON.stringify([...assignment]), assignment);
  };
  add(likely);
  const apart = new Map(
    [...variables].map((key, i) => [key, `${freshValues(key)[1] ?? "other"}${i === 0 ? "" : `-${i}`}`]),
  );
  add(apart);
  for (const key of variables) {
    for (const value of literals.get(key) ?? []) add(new Map(likely).set(key, value));
  }
  add(new Map([...variables].map((key) => [key, undefined])));
  for (const key of variables) add(new Map<string, string | undefined>(likely).set(key, undefined));
  const all = new Set([...literals.values()].flatMap((values) => [...values]));
  for (const text of patterns) {
    const [written] = variablesOf(text).keys();
    if (written === undefined) continue;
    const key = foldKey(written, reading.tagCaseFolds);
    const start = text.slice(0, text.indexOf("${"));
    const end = text.slice(text.indexOf("}") + 1);
    for (const other of new Set([...patterns, ...all])) {
      const plain = plausibleText(other);
      if (other === text || !plain.startsWith(start) || plain.includes("${")) continue;
      const rest = plain.slice(start.length);
      const stop =
        end === "" || end.startsWith("*") ? rest.length : rest.indexOf(end.split(/[*?$]/)[0] ?? "");
      if (stop > 0) add(new Map(likely).set(key, rest.slice(0, stop)));
    }
  }
  return [...found.values()];
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
