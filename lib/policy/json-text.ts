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

interface Frame {
  /** Keys seen so far; undefined for an array. */
  readonly keys: Set<string> | undefined;
  readonly place: string;
  index: number;
  /** The step to the member or item that stands open. */
  step: string;
}

const token =
  /[ \t\r\n]*(?:([{}[\],:])|("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|$)/y;

/** The first fault of a text, or undefined when there is none. Slow: for naming what is known to be wrong. */
export function findFault(text: string, maxDepth: number): JsonFault | undefined {
  const frames: Frame[] = [];
  let expect: "value" | "key" | "colon" | "comma" | "end" = "value";
  let first = false;
  let at = 0;
  const fault = (kind: JsonFault["kind"]): JsonFault => {
    const top = frames.at(-1);
    const start = skipSpace(text, at);
    const before = text.slice(0, start);
    const place =
      top === undefined ? "" : top.place + (expect === "value" || kind === "duplicate" ? top.step : "");
    return {
      kind,
      place,
      line: before.split("\n").length,
      column: start - before.lastIndexOf("\n"),
      cut: start >= text.length || (text[start] === '"' && endOfString(text, start) >= text.length),
    };
  };
  for (;;) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) return fault("syntax");
    const [, mark, string, word] = found;
    const top = frames.at(-1);
    if (mark === undefined && string === undefined && word === undefined) {
      return expect === "end" ? undefined : fault("syntax");
    }
    if (expect === "value") {
      if (mark === "{" || mark === "[") {
        if (frames.length >= maxDepth) return fault("depth");
        const place = top === undefined ? "" : top.place + top.step;
        const array = mark === "[";
        frames.push({ keys: array ? undefined : new Set(), place, index: 0, step: array ? "/0" : "" });
        expect = array ? "value" : "key";
        first = true;
      } else if (mark === "]" && first && top?.keys === undefined && top !== undefined) {
        frames.pop();
        expect = frames.length === 0 ? "end" : "comma";
        first = false;
      } else if (mark === undefined) {
        expect = frames.length === 0 ? "end" : "comma";
        first = false;
      } else return fault("syntax");
    } else if (expect === "key" && top?.keys !== undefined) {
      if (string !== undefined) {
        const key: string = JSON.parse(string);
        top.step = pointerStep(key);
        if (top.keys.has(key)) return fault("duplicate");
        top.keys.add(key);
        expect = "colon";
        first = false;
      } else if (mark === "}" && first) {
        frames.pop();
        expect = frames.length === 0 ? "end" : "comma";
        first = false;
      } else return fault("syntax");
    } else if (expect === "colon") {
      if (mark !== ":") return fault("syntax");
      expect = "value";
    } else if (expect === "comma" && top !== undefined) {
      if (mark === ",") {
        top.index++;
        if (top.keys === undefined) top.step = pointerStep(top.index);
        expect = top.keys === undefined ? "value" : "key";
      } else if (mark === (top.keys === undefined ? "]" : "}")) {
        frames.pop();
        expect = frames.length === 0 ? "end" : "comma";
      } else return fault("syntax");
    } else return fault("syntax");
    at = token.lastIndex;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[ \t\r\n]/.test(text.charAt(at))) at++;
  return at;
}
