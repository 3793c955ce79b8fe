import { type Assignment, foldKey, variablesOf } from "../glob/template.ts";
import { freshValues, plausibleText } from "../witness/plausible.ts";
import { hasVariables } from "./grants.ts";
import type { PlainStatement } from "./normalise.ts";
import type { Reading } from "./reading.ts";

const mostAssignments = 24;

/**
 * Values to try for the policy variables of some statements: likely ones, then none at all, then for each
 * variable those that make its pattern meet another pattern of the documents.
 */
export function assignments(statements: readonly PlainStatement[], reading: Reading): readonly Assignment[] {
  const { variables, patterns, literals } = gather(statements, reading);
  if (variables.size === 0) return [];
  const likely = new Map([...variables.keys()].map((key) => [key, freshValues(key)[0] ?? "example"]));
  const found = new Map<string, Assignment>();
  const add = (assignment: Assignment): void => {
    if (found.size < mostAssignments) found.set(JSON.stringify([...assignment]), assignment);
  };
  add(likely);
  const apart = new Map(
    [...variables.keys()].map((key, i) => [
      key,
      `${freshValues(key)[1] ?? "other"}${i === 0 ? "" : `-${i}`}`,
    ]),
  );
  add(apart);
  for (const key of variables.keys()) {
    for (const value of literals.get(key) ?? []) add(new Map(likely).set(key, value));
  }
  add(new Map([...variables.keys()].map((key) => [key, undefined])));
  for (const key of variables.keys()) add(new Map<string, string | undefined>(likely).set(key, undefined));
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
function gather(statements: readonly PlainStatement[], reading: Reading) {
  const variables = new Map<string, string | undefined>();
  const patterns = new Set<string>();
  const literals = new Map<string, Set<string>>();
  const see = (texts: readonly string[], version: string | undefined): void => {
    for (const text of texts) {
      patterns.add(text);
      if (!hasVariables(version, reading.oldVariables)) continue;
      for (const [key, fallback] of variablesOf(text))
        variables.set(foldKey(key, reading.tagCaseFolds), fallback);
    }
  };
  for (const { resources, tests } of statements) {
    if (resources !== undefined) see(resources.texts, resources.version);
    for (const test of tests) {
      if (test.version !== undefined) see(test.values, test.version);
      const key = foldKey(test.key, reading.tagCaseFolds);
      const values = literals.get(key) ?? new Set<string>();
      literals.set(key, values);
      for (const value of test.values) if (!value.includes("${")) values.add(plausibleText(value));
    }
  }
  return { variables, patterns, literals };
}
