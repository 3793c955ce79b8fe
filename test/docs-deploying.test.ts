import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const page = read("docs/deploying.md");
/** The first cells of the rows of a table, as words between backticks. */
const firstCells = (heading: string): readonly string[] =>
  (page.split(heading)[1] ?? "")
    .split("\n\n")
    .filter((part) => part.startsWith("| "))
    .slice(0, 1)
    .flatMap((table) => table.split("\n").slice(2))
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/gu)].map(([, word = ""]) => word));

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}
interface Role {
  readonly Type: string;
  readonly Properties: {
    readonly Policies?: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
  };
}

test("the page on deploying tells of every parameter", () => {
  const { params } = parse(read("serverless.yml"), { logLevel: "silent" }) as {
    params: { default: Readonly<Record<string, unknown>> };
  };
  expect(firstCells("## Parameters").toSorted()).toEqual(Object.keys(params.default).toSorted());
});

test("the page on deploying tells of every action that is allowed on all resources", () => {
  const roles = ["stack/roles.yml", "stack/self.yml"].flatMap((path) => {
    const { Resources } = parse(read(path), { logLevel: "silent" }) as { Resources: Record<string, Role> };
    return Object.values(Resources).filter(({ Type }) => Type === "AWS::IAM::Role");
  });
  expect(roles.length).toBe(10);
  const unbound = roles
    .flatMap(({ Properties }) => Properties.Policies ?? [])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Resource }) => Resource === "*")
    .flatMap(({ Action }) => Action);
  expect(firstCells("## What it may do").toSorted()).toEqual([...new Set(unbound)].toSorted());
});
