import { readDecimal } from "../../values/decimal.ts";
import { isInOrder, matchParsed } from "./match.ts";

export const numeric = matchParsed("a numeric", "a number", readDecimal, isInOrder);
