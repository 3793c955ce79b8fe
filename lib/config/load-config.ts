import { readFileSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { controlIds } from "../controls/registry.ts";
import type { Compiled } from "../model/config.ts";
import { catalogue } from "./catalogue.generated.ts";
import { compileConfig } from "./compile-config.ts";

/** Reads and compiles a `rolecall.yml` and the documents that it names. Never throws. */
export function loadConfig(path: string): Compiled {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { ok: false, errors: [{ file: path, line: 1, column: 1, message: `cannot be read: ${why}` }] };
  }
  const folder = dirname(path);
  const read = (name: string): Uint8Array | undefined => {
    try {
      return readFileSync(isAbsolute(name) ? name : resolve(folder, name));
    } catch {
      return undefined;
    }
  };
  return compileConfig({ file: path, bytes }, { catalogue, controls: controlIds, read });
}
