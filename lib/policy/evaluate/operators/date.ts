import { readMoment } from "../../values/moment.ts";
import { isInOrder, matchParsed } from "./match.ts";

export const date = matchParsed("a date", "a date that AWS documents", readMoment, isInOrder);
