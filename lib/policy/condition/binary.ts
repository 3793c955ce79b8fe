import { parsedFamily } from "./parsed.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes in base64, equal or not. */
export const binary = parsedFamily({
  parse: (text) => (base64.test(text) ? text : undefined),
  matches: (actual, wanted) => atob(actual) === atob(wanted),
  examples(wanted) {
    let other = "AAAA";
    while (wanted.includes(other)) other += "AAAA";
    return new Set([...wanted, other]);
  },
});
