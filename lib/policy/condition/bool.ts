import { parsedFamily } from "./parsed.ts";

/** AWS sets boolean keys to true or false only. */
export const bool = parsedFamily({
  parse(text) {
    const lower = text.toLowerCase();
    return lower === "true" || lower === "false" ? lower : undefined;
  },
  matches: (actual, wanted) => actual === wanted,
  examples: () => ["true", "false"],
});
