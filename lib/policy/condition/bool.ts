import { readBoolean } from "../values/boolean.ts";
import { parsedFamily } from "./parsed.ts";

/** AWS sets boolean keys to true or false only. */
export const bool = parsedFamily({
  parse: readBoolean,
  matches: (actual, wanted) => actual === wanted,
  examples: () => ["true", "false"],
});
