import { readBytes } from "../values/bytes.ts";
import { parsedFamily } from "./parsed.ts";

/** Bytes, equal or not. */
export const binary = parsedFamily({
  parse: readBytes,
  matches: (actual, wanted) => actual === wanted,
  examples(wanted) {
    let other = "\0\0\0";
    while (wanted.includes(other)) other += "\0\0\0";
    return [...wanted, other].map((bytes) => btoa(bytes));
  },
});
