import { brotliDecompressSync } from "node:zlib";
import { type ExistingActions, unpackActions } from "./existing-actions.ts";

let loaded: Promise<ExistingActions> | undefined;

/**
 * The list that this version of Rolecall was built with. Some 110 KB that nothing needs until a
 * difference is explained: so a module of its own, loaded on the first call and kept.
 */
export function loadActions(): Promise<ExistingActions> {
  loaded ??= import("./actions.generated.ts").then(({ version, packed }) =>
    unpackActions(version, brotliDecompressSync(Buffer.from(packed, "base64")).toString("utf8")),
  );
  return loaded;
}
