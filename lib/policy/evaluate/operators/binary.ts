import { readBytes } from "../../values/bytes.ts";
import { isSame, matchParsed } from "./match.ts";

/** Byte by byte, both sides in base64. */
export const binary = matchParsed("a binary", "base64", readBytes, isSame);
