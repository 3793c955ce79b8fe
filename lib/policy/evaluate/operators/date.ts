import { readMoment } from "../../values/moment.ts";
import { isInOrder, matchParsed } from "./match.ts";

export const date = matchParsed(
  readMoment,
  isInOrder,
  "a date condition whose value is not a date that AWS documents",
  "a date key whose value is not a date",
);
