/**
 * Writes what is generated from the baselines, the schemas and the controls. `--check` writes nothing and
 * says what is not current.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generated } from "./generated-files.ts";

const root = join(import.meta.dirname, "..");
const check = process.argv.includes("--check");
let stale = 0;
for (const { path, text } of generated(root)) {
  const file = join(root, path);
  let current = "";
  try {
    current = readFileSync(file, "utf8");
  } catch {
    // Not written yet.
  }
  if (current === text) continue;
  stale++;
  if (check) console.error(`${path} is not current: run npm run generate`);
  else {
    writeFileSync(file, text);
    console.error(`wrote ${path}`);
  }
}
if (check && stale > 0) process.exitCode = 1;
