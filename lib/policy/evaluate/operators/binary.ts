import { readBytes } from "../../values/bytes.ts";
import { isSame, matchParsed } from "./match.ts";

/** Byte by byte, both sides in base64. */
export const binary = matchParsed(
  readBytes,
  isSame,
  "a BinaryEquals condition whose value is not base64",
  "a binary key whose value is not base64",
);
