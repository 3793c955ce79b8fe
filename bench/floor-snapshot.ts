// The bare minimum of auditing a snapshot: reads every file, decodes and parses every document.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

let documents = 0;
const names = new Set(["AssumeRolePolicyDocument", "PolicyDocument", "Document"]);

function walk(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (!names.has(key)) walk(item);
    else if (typeof item !== "string" || JSON.parse(decodeURIComponent(item)) !== null) documents += 1;
  }
}

function read(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) read(path);
    else walk(JSON.parse(readFileSync(path, "utf8")));
  }
}

read(process.argv[2] ?? "");
console.log(documents);
