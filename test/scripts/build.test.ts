import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runProcess } from "../support/run-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("the command line is built in a folder that is reached through a link, too", async () => {
  const home = temporaryFolder();
  const project = join(home, "project");
  mkdirSync(join(project, "lib/cli"), { recursive: true });
  mkdirSync(join(project, "scripts"));
  cpSync(join(root, "scripts/build.mjs"), join(project, "scripts/build.mjs"));
  writeFileSync(join(project, "lib/cli/main.ts"), "export const start = () => {};\n");
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  symlinkSync(project, join(home, "link"));
  const script = join(home, "link", "scripts/build.mjs");
  const { code, err } = await runProcess(process.execPath, [script], { cwd: home, env: {} });
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(existsSync(join(project, "dist/cli/main.js"))).toBe(true);
  expect(readdirSync(project).filter((name) => name.startsWith("dist"))).toEqual(["dist"]);
});
