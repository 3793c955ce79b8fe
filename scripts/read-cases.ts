import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parse } from "yaml";

/** A case, as far as it documents a control or a rule. */
export interface CaseSummary {
  readonly control: string;
  readonly name: string;
  readonly file: string;
  readonly verdicts: readonly string[];
  readonly rules: readonly string[];
  readonly pitfall?: string;
}

/** A rule of a platform's document. */
export interface Rule {
  readonly id: string;
  readonly says: string;
  readonly controls?: readonly string[];
  /** How it is judged, where that is not plain. */
  readonly judged?: string;
  /** Why no account can show it. */
  readonly hidden?: string;
}

export const readRules = (root: string): readonly Rule[] =>
  parse(readFileSync(join(root, "docs/rules.yml"), "utf8")) as readonly Rule[];

/** Every case there is: those on roles, and those on clusters, a file per control. */
export function readCases(root: string): readonly CaseSummary[] {
  const files = (kind: string, extension: string): readonly string[] => {
    const folder = join(root, "test/cases", kind);
    return readdirSync(folder)
      .filter((name) => name.endsWith(extension))
      .sort()
      .map((name) => join(folder, name));
  };
  const named = (path: string) => relative(root, path).split(sep).join("/");
  const roles = files("roles", ".yml").flatMap((path) => {
    const { cases } = parse(readFileSync(path, "utf8"), { merge: true }) as { cases: readonly RoleCase[] };
    return cases.flatMap(({ name, expect, also, rules, pitfall }) =>
      [expect, ...(also ?? [])].map(({ control, verdict }, index) => ({
        control,
        name,
        file: named(path),
        verdicts: [verdict],
        rules: index === 0 ? (rules ?? []) : [],
        ...(pitfall === undefined || index > 0 ? {} : { pitfall }),
      })),
    );
  });
  const clusters = files("cluster", ".json").flatMap((path) => {
    const control = named(path).slice("test/cases/cluster/".length, -".json".length);
    const cases = JSON.parse(readFileSync(path, "utf8")) as readonly ClusterCase[];
    return cases.map(({ name, expect, rules }) => ({
      control,
      name,
      file: named(path),
      verdicts: [...new Set(Object.values(expect).map((each) => each.split(" ")[0] ?? each))],
      rules: rules ?? [],
    }));
  });
  return [...roles, ...clusters];
}

interface RoleCase {
  readonly name: string;
  readonly rules?: readonly string[];
  readonly pitfall?: string;
  readonly expect: { readonly control: string; readonly verdict: string };
  readonly also?: readonly { readonly control: string; readonly verdict: string }[];
}

interface ClusterCase {
  readonly name: string;
  readonly rules?: readonly string[];
  readonly expect: Readonly<Record<string, string>>;
}
