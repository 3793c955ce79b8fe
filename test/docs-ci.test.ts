import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { commands } from "../lib/cli/commands.ts";
import { formats } from "../lib/report/formats.ts";

const recipe = readFileSync("docs/ci.md", "utf8");
const workflow = readFileSync("examples/ci/github-actions.yml", "utf8").replace(/^ *#.*$/gm, "");

describe.each([
  [
    "docs/ci.md",
    [...recipe.matchAll(/```(?:sh|yaml)\n([\s\S]*?)```/g)].map(([, code]) => code ?? "").join("\n"),
  ],
  ["examples/ci/github-actions.yml", workflow],
])("the recipe for CI in %s", (_, text) => {
  const calls = [...text.matchAll(/\brolecall ([a-z]+)\b([^|\n]*)/g)];

  test("calls only commands and options that there are", async () => {
    expect(calls.length).toBeGreaterThan(3);
    for (const [whole, name, rest = ""] of calls) {
      const command = commands.find((each) => each.name === name);
      expect(command?.name, whole).toBe(name);
      const { usage } = (await command?.load()) ?? { usage: "" };
      for (const [option] of rest.matchAll(/(?<=\s)--?[a-z][a-z-]*/g)) expect(usage, whole).toContain(option);
    }
  });

  test("goes on to the reports when not all could be read", () => {
    const reads = text.split("\n").filter((line) => line.includes("rolecall snapshot"));
    expect(reads.length).toBeGreaterThan(0);
    for (const line of reads) expect(line).toContain("|| [ $? -eq 3 ]");
  });

  test("reads changed files of any name: git would quote letters beyond ASCII", () => {
    for (const line of text.split("\n").filter((each) => / diff --name-only/.test(each)))
      expect(line).toContain("git -c core.quotePath=false diff");
  });

  test("asks only for formats that there are", () => {
    const asked = [...text.matchAll(/--format ([a-z]+)/g)].map(([, name]) => name);
    for (const name of asked) expect(formats.map((format) => format.name)).toContain(name);
  });
});

test("the last command of the recipe is the one that decides", () => {
  const [, steps = ""] = /```sh\n(rolecall check[\s\S]*?)\n```/.exec(recipe) ?? [];
  expect(steps.split("\n").at(-1)).toMatch(/^rolecall audit --snapshot saved --fail-on /);
});

test("the workflow is YAML with its two jobs", () => {
  expect(Object.keys(parse(workflow).jobs)).toEqual(["account", "policies"]);
});
