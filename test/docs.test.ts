import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { commands } from "../lib/cli/commands.ts";
import { run } from "../lib/cli/main.ts";
import { catalogue } from "../lib/config/catalogue.generated.ts";
import { compileConfig } from "../lib/config/compile-config.ts";
import { controlIds } from "../lib/controls/registry.ts";
import { fakeIo } from "./support/fake-io.ts";

const readme = readFileSync("README.md", "utf8");
const pages = ["README.md", "CONTRIBUTING.md", ...readdirSync("docs").filter(isPage).map(inDocs)];
function isPage(name: string): boolean {
  return name.endsWith(".md");
}
function inDocs(name: string): string {
  return `docs/${name}`;
}

describe("the README", () => {
  test("shows a finding as the example account's audit prints it", async () => {
    const io = fakeIo({ terminal: { columns: 90 } });
    await run(["audit", "--config", "examples/rolecall.yml", "--snapshot", "examples/account"], io);
    const shown = /```\n(role [\s\S]*?)```/.exec(readme)?.[1] ?? "";
    expect(shown).toContain("critical");
    expect(io.said.out).toContain(`\n\n${shown}\n`);
  });

  test("shows a configuration that is right", () => {
    const shown = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    const compiled = compileConfig(
      { file: "rolecall.yml", bytes: Buffer.from(shown) },
      {
        catalogue,
        controls: controlIds,
        read: (path) => readFileSync(join("examples/baselines", path)),
      },
    );
    expect(compiled.ok ? compiled.config.roles.length : compiled.errors).toBe(6);
  });

  test("names every command", () => {
    const named = [...readme.matchAll(/^\| `rolecall ([a-z]+)/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(commands.map(({ name }) => name)));
  });
});

test("docs/deploying.md names every parameter, with its default", () => {
  const table = [
    ...readFileSync("docs/deploying.md", "utf8").matchAll(/^\| ((?:`\w+`(?:, )?)+) \| ([^|]*) \|/gm),
  ].flatMap(([, names = "", defaults = ""]) => {
    const values = defaults.split(", ");
    return names.split(", ").map((name, index) => [name.replaceAll("`", ""), values[index] ?? ""] as const);
  });
  const { params } = parse(readFileSync("serverless.yml", "utf8"), { logLevel: "silent" });
  expect(new Set(table.map(([name]) => name))).toEqual(new Set(Object.keys(params.default)));
  for (const [name, told] of table) {
    const real = String(params.default[name]);
    if (real === "") expect(told, name).toMatch(/^none|^as `/);
    else expect(told, name).toBe(`\`${real}\``);
  }
});

test("docs/snapshots.md saves the very files that an audit reads", () => {
  const saved = [...readFileSync("docs/snapshots.md", "utf8").matchAll(/> saved\/(\S+)/g)].map(
    ([, file]) => file,
  );
  const region = "eu-west-1";
  const files = (folder: string) =>
    readdirSync(join("examples/account", folder)).filter((name) => name.endsWith(".json"));
  expect(new Set(saved)).toEqual(
    new Set([...files("."), ...files(region).map((name) => `${region}/${name}`)]),
  );
});

test.each(pages)("links in %s lead somewhere", (page) => {
  const text = readFileSync(page, "utf8");
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link ?? "");
  expect(links.filter((link) => !existsSync(join(dirname(page), link)))).toEqual([]);
});
