import { countMembers, faultInWords, findFault } from "./json-text.ts";
import type { PolicyError } from "./model.ts";

/** No policy that AWS stores comes near it; what is longer is not looked into. UTF-16 units, decoded. */
const maxDocumentLength = 1 << 20;

/** A policy's deepest value, a condition's, stands six levels down. */
const maxDocumentDepth = 16;

export type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: PolicyError };

/**
 * The value of a document's text, plain or percent-encoded (RFC 3986, as IAM's API answers). Only what
 * does not parse as it stands is decoded: a raw `%2A` must not turn into `*`.
 */
export function readJson(source: string): ReadJson {
  if (source.length > 3 * maxDocumentLength) return tooLong(source.length);
  const plain = withoutMark(source);
  // No JSON begins with a percent sign, and blanks before it may be encoded with the rest.
  const text = /^\s*%(?:7B|20|0A|0D|09|EF%BB%BF)/i.test(plain) ? (tryDecode(plain) ?? plain) : plain;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return syntaxError(text);
  }
  return checked(text, value);
}

/** A byte order mark is what some editors leave; AWS never sends one. */
const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** Undefined for a text that is not percent-encoded throughout. */
function tryDecode(text: string): string | undefined {
  try {
    return withoutMark(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}

/** Whether a JSON text that has this value says a key twice in one object, or is nested deeper than any policy. */
export const losesMembers = (text: string, value: unknown): boolean =>
  memberCount(value, 0) !== countMembers(text);

function checked(text: string, value: unknown): ReadJson {
  if (text.length > maxDocumentLength) return tooLong(text.length);
  if (!losesMembers(text, value)) return { ok: true, value };
  const fault = findFault(text, maxDocumentDepth);
  if (fault?.kind === "duplicate") {
    const where = `line ${fault.line}, column ${fault.column}`;
    return bad(
      fault.place,
      `stands twice in the same object (again at ${where}): only one of them would count`,
    );
  }
  return bad("", tooDeep);
}

const tooDeep = "is nested deeper than a policy can be";

/** Members of all objects in a value; not a number when it is nested too deep. */
function memberCount(value: unknown, depth: number): number {
  if (typeof value !== "object") return 0;
  if (depth > maxDocumentDepth) return Number.NaN;
  const items: readonly unknown[] = Object.values(value ?? {});
  let members = Array.isArray(value) ? 0 : items.length;
  for (const item of items) members += memberCount(item, depth + 1);
  return members;
}

function syntaxError(text: string): ReadJson {
  if (text.trim() === "") return bad("", "is empty");
  const fault = findFault(text, maxDocumentDepth);
  if (fault === undefined) return bad("", "is not JSON");
  if (fault.kind === "depth") return bad("", tooDeep);
  return bad(fault.place, `is not JSON: ${faultInWords(fault)}`);
}

const tooLong = (length: number): ReadJson =>
  bad("", `has ${length} characters: more than any policy that AWS stores (${maxDocumentLength} are read)`);

const bad = (place: string, message: string): ReadJson => ({ ok: false, error: { place, message } });
