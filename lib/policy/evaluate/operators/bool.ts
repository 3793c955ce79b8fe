import { readBoolean } from "../../values/boolean.ts";
import { isSame, matchParsed } from "./match.ts";

export const bool = matchParsed(
  readBoolean,
  isSame,
  "a Bool condition whose value is neither true nor false",
  "a boolean key whose value is neither true nor false",
);
