/** Writes what is generated from the baselines, the schemas and the controls; a test holds it current. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generated } from "./generated-files.ts";

const root = join(import.meta.dirname, "..");
for (const { path, text } of generated(root)) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  writeFileSync(file, text);
  console.error(`wrote ${path}`);
}
