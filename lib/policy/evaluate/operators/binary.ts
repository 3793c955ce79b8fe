import { unsure } from "../answer.ts";
import type { Match } from "./match.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Byte by byte, both sides in base64. */
export const binaryEquals: Match = (value, pattern) => {
  if (!base64.test(pattern)) return unsure("a BinaryEquals condition whose value is not base64");
  if (!base64.test(value)) return unsure("a binary key whose value is not base64");
  return atob(value) === atob(pattern);
};
