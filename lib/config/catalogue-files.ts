import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { SourceFile } from "./source-file.ts";

/** The files of a folder of baselines, by name. */
export function catalogueFiles(folder: string): readonly SourceFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yml"))
    .sort()
    .map((name) => ({ file: join(basename(folder), name), bytes: readFileSync(join(folder, name)) }));
}
