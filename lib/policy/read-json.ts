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
  // A throw costs more than the parse: no JSON begins with a percent sign.
  const asItStands = plain.startsWith("%") ? undefined : tryParse(plain);
  if (asItStands !== undefined) return checked(plain, asItStands.value);
  const decoded = tryDecode(plain);
  if (decoded === undefined) return syntaxError(plain);
  const parsed = tryParse(decoded);
  return parsed === undefined ? syntaxError(decoded) : checked(decoded, parsed.value);
}

/** A byte order mark is what some editors leave; AWS never sends one. */
const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

function tryParse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Undefined for a text that begins like JSON, or that is not percent-encoded throughout. */
function tryDecode(text: string): string | undefined {
  if (!/^\s*%(?:7B|20|0A|0D|09|EF%BB%BF)/i.test(text)) return undefined;
  try {
    return withoutMark(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}

/** Whether a JSON text that has this value says a key twice in one object, or is nested deeper than any policy. */
export const losesMembers = (text: string, value: unknown): boolean =>
  memberCount(value) !== countMembers(text);

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

/** Members of all objects in a value; -1 when it is nested too deep. Does not recurse. */
function memberCount(root: unknown): number {
  let members = 0;
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDocumentDepth) return -1;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue;
      const items: unknown[] = Array.isArray(value) ? value : Object.values(value);
      if (!Array.isArray(value)) members += items.length;
      for (const item of items) if (typeof item === "object") next.push(item);
    }
    level = next;
  }
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
