import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Disagreement } from "./attack.ts";
import type { Case } from "./case.ts";

export const keptFolder = fileURLToPath(new URL("../cases/attack/", import.meta.url));

/** Writes a failure down, to be attacked again by every `npm test` from now on. Returns its path. */
export function keepCase(item: Case, seed: number, disagreement: Disagreement): string {
  const text = `${JSON.stringify({ ...item, seed, disagreement }, undefined, 2)}\n`;
  const name = createHash("sha256")
    .update(JSON.stringify([item.first, item.second]))
    .digest("hex")
    .slice(0, 12);
  mkdirSync(keptFolder, { recursive: true });
  const path = `${keptFolder}${name}.json`;
  writeFileSync(path, text);
  return path;
}
