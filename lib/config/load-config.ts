import { readFileSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { controlIds } from "../controls/registry.ts";
import { selfControlIds } from "../controls/self/judge-self.ts";
import type { Compiled } from "../model/config.ts";
import { catalogue } from "./catalogue.generated.ts";
import { compileConfig } from "./compile-config.ts";
import { fileFault } from "./file-fault.ts";

/**
 * Reads and compiles a `rolecall.yml` and the documents that it names. Never throws. `shown` is what
 * errors and places call the file.
 */
export function loadConfig(path: string, shown = path): Compiled {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return {
      ok: false,
      errors: [{ file: shown, line: 1, column: 1, message: `cannot be read: ${fileFault(error)}` }],
    };
  }
  const folder = dirname(path);
  const read = (name: string): Uint8Array | undefined => {
    try {
      return readFileSync(isAbsolute(name) ? name : resolve(folder, name));
    } catch {
      return undefined;
    }
  };
  const options = { catalogue, controls: controlIds, selfControls: selfControlIds, read };
  return compileConfig({ file: shown, bytes }, options);
}
