import { isSame, matchParsed } from "./match.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Byte by byte, both sides in base64. */
export const binary = matchParsed(
  (text) => (base64.test(text) ? atob(text) : undefined),
  isSame,
  "a BinaryEquals condition whose value is not base64",
  "a binary key whose value is not base64",
);
