import { readBoolean } from "../../values/boolean.ts";
import { isSame, matchParsed } from "./match.ts";

export const bool = matchParsed("a boolean", "`true` or `false`", readBoolean, isSame);
