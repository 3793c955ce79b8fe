/** Where a text stops being JSON, or says a key twice. Lines and columns count from 1. */
export interface JsonFault {
  readonly kind: "syntax" | "duplicate" | "depth";
  /** JSON pointer of the value that the fault stands in; for a duplicate, of the key itself. */
  readonly place: string;
  readonly line: number;
  readonly column: number;
  /** Whether nothing is wrong but that the text ends there. */
  readonly cut: boolean;
}

/** Where a text is not JSON, as the end of a sentence. */
export const faultInWords = ({ cut, line, column }: JsonFault): string =>
  `${cut ? "it is cut off" : "unexpected text"} at line ${line}, column ${column}`;

/** One step of a JSON pointer, with its two escapes. */
export const pointerStep = (key: string | number): string =>
  `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/**
 * How many `:` stand outside of strings. A JSON text names a key twice exactly when it holds more of
 * them than its parsed value has members: a way to notice without a second parser.
 */
export function countMembers(text: string): number {
  let members = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3a) members++;
    else if (code === 0x22) i = endOfString(text, i);
  }
  return members;
}

/** Where the quote stands that closes the string opened at `open`; the text's length if none does. */
function endOfString(text: string, open: number): number {
  for (let end = text.indexOf('"', open + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === 0x5c) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

/** What stands open: an object, an array, or the text as a whole. */
interface Frame {
  readonly outer: Frame | undefined;
  readonly depth: number;
  readonly place: string;
  /** Keys seen so far; undefined in what is no object. */
  readonly keys: Set<string> | undefined;
  readonly close: "}" | "]" | "";
  index: number;
  /** The step to the member or item that stands open. */
  step: string;
}

/** A mark, a scalar, the start of a string, or nothing at the end of the text. */
const start = /[ \t\r\n]*([{}[\],:"]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|$)/y;

/** The token that begins at a place or after the spaces there, and where the next may. */
function tokenAt(text: string, at: number): { readonly token: string; readonly next: number } | undefined {
  start.lastIndex = at;
  const token = start.exec(text)?.[1];
  if (token === undefined) return undefined;
  const next = start.lastIndex;
  if (token !== '"') return { token, next };
  const end = endOfString(text, next - 1) + 1;
  const string = text.slice(next - 1, end);
  try {
    JSON.parse(string);
  } catch {
    return undefined;
  }
  return { token: string, next: end };
}

/** The first fault of a text, or undefined when there is none. Slow: for naming what is known to be wrong. */
export function findFault(text: string, maxDepth: number): JsonFault | undefined {
  let top: Frame = {
    outer: undefined,
    depth: 0,
    place: "",
    keys: undefined,
    close: "",
    index: 0,
    step: "",
  };
  let expect: "value" | "key" | "colon" | "comma" = "value";
  /** An object or array has just been opened. */
  let opened = false;
  let at = 0;
  const fault = (kind: JsonFault["kind"]): JsonFault => {
    const start = at + text.slice(at).search(/[^ \t\r\n]|$/);
    const before = text.slice(0, start);
    return {
      kind,
      place: top.place + (expect === "value" || kind === "duplicate" ? top.step : ""),
      line: before.split("\n").length,
      column: start - before.lastIndexOf("\n"),
      cut: start >= text.length || (text[start] === '"' && endOfString(text, start) >= text.length),
    };
  };
  for (;;) {
    const read = tokenAt(text, at);
    if (read === undefined) return fault("syntax");
    const found = read.token;
    const empty = opened;
    opened = false;
    if (found === top.close && (empty || expect === "comma")) {
      if (top.outer === undefined) return undefined;
      top = top.outer;
      expect = "comma";
    } else if (expect === "comma" && found === "," && top.outer !== undefined) {
      top.index++;
      if (top.keys === undefined) top.step = pointerStep(top.index);
      expect = top.keys === undefined ? "value" : "key";
    } else if (expect === "colon" && found === ":") expect = "value";
    else if (expect === "key" && found.startsWith('"')) {
      const key: string = JSON.parse(found);
      top.step = pointerStep(key);
      if (top.keys?.has(key)) return fault("duplicate");
      top.keys?.add(key);
      expect = "colon";
    } else if (expect === "value" && (found === "{" || found === "[")) {
      if (top.depth >= maxDepth) return fault("depth");
      const inner = { outer: top, depth: top.depth + 1, place: top.place + top.step, index: 0 };
      const isObject = found === "{";
      top = isObject
        ? { ...inner, keys: new Set(), close: "}", step: "" }
        : { ...inner, keys: undefined, close: "]", step: "/0" };
      expect = isObject ? "key" : "value";
      opened = true;
    } else if (expect === "value" && !/^[}\],:]?$/.test(found)) expect = "comma";
    else return fault("syntax");
    at = read.next;
  }
}
