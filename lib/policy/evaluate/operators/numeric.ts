import { readDecimal } from "../../values/decimal.ts";
import { isInOrder, matchParsed } from "./match.ts";

export const numeric = matchParsed(
  readDecimal,
  isInOrder,
  "a numeric condition whose value is not a number",
  "a numeric key whose value is not a number",
);
