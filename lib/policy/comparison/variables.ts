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
  const assign = (valueFor: (key: string, index: number) => string | undefined) =>
    new Map([...variables].map((key, i) => [key, valueFor(key, i)]));
  const likely = assign((key) => freshValues(key)[0]);
  const vary = (key: string, value: string | undefined) => new Map(likely).set(key, value);
  yield likely;
  yield assign((key, i) => `${freshValues(key)[1] ?? "other"}${i === 0 ? "" : `-${i}`}`);
  for (const [key, value] of literals) if (variables.has(key)) yield vary(key, value);
  yield assign(() => undefined);
  for (const key of variables) yield vary(key, undefined);
  const others = [...new Set([...patterns, ...literals.map(([, value]) => value)])]
    .map((text) => plausibleText(text))
    .filter((text) => !text.includes("${"));
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
      if (!other.startsWith(start)) continue;
      const rest = other.slice(start.length);
      const length = stop === "" ? rest.length : rest.indexOf(stop);
      if (length > 0) yield vary(key, rest.slice(0, length));
    }
  }
}

/** The variables, the patterns they stand in or next to, and the values that tests compare each key with. */
function gather({ paths, tests }: Grants, { oldVariables, tagCaseFolds }: Reading) {
  const variables = new Set<string>();
  const patterns = new Set<string>();
  const literals: (readonly [key: string, value: string])[] = [];
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
    for (const value of values) if (!value.includes("${")) literals.push([key, plausibleText(value)]);
  }
  return { variables, patterns, literals };
}
