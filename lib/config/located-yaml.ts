import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { ConfigError, Place } from "../model/config.ts";

export type Path = readonly (string | number)[];

/** A YAML file that was read, with the place of everything in it. */
export interface LocatedYaml {
  readonly value: unknown;
  /** Where the value at `path` stands; the nearest thing around it when there is nothing. */
  placeOf(path: Path): Place;
  /** Where the key at the end of `path` stands. */
  placeOfKey(path: Path): Place;
}

export type ReadYaml =
  | { readonly ok: true; readonly yaml: LocatedYaml }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/** No configuration of a person is larger; a larger file is something else. */
const maxBytes = 1024 * 1024;
/** Aliases stand for at most this many nodes, so that a few lines cannot grow without bound. */
const maxAliases = 1000;
/** Deeper than any configuration, shallower than the stack. */
const maxDepth = 100;

/** Reads YAML 1.2 (or JSON) as UTF-8. Never throws: every fault is an error with its place. */
export function readYaml(file: string, bytes: Uint8Array, most = maxBytes): ReadYaml {
  const start = { file, line: 1, column: 1 };
  const fail = (message: string): ReadYaml => ({ ok: false, errors: [{ ...start, message }] });
  if (bytes.length > most) return fail(`expected at most ${most} bytes, found ${bytes.length}`);
  const text = decodeUtf8(bytes);
  if (text === undefined) return fail("expected UTF-8 text: save the file in that encoding");
  const deep = tooDeep(text);
  if (deep !== undefined)
    return { ok: false, errors: [{ file, ...deep, message: `nested more than ${maxDepth} levels deep` }] };

  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0)
      return {
        ok: false,
        errors: faults.map((e) => ({ ...placeAt(e.pos[0]), message: lowerFirst(e.message) })),
      };
    const value: unknown = document.toJS({ maxAliasCount: maxAliases });
    const root = document.contents as Node | null;
    const node = (path: Path, key: boolean): Place => {
      let here: Node | null = root;
      let best = root?.range?.[0] ?? 0;
      for (const [depth, step] of path.entries()) {
        const resolved: Node | null = isAlias(here) ? (here.resolve(document) ?? null) : here;
        let next: Node | null = null;
        if (isMap(resolved)) {
          const pair = resolved.items.find((p) => isScalar(p.key) && String(p.key.value) === String(step));
          const keyNode = pair?.key as Node | undefined;
          next = (pair?.value as Node | null | undefined) ?? null;
          if ((key && depth === path.length - 1) || next === null) {
            return placeAt(keyNode?.range?.[0] ?? best);
          }
        } else if (isSeq(resolved)) next = (resolved.items[Number(step)] as Node | undefined) ?? null;
        if (next === null) break;
        best = next.range?.[0] ?? best;
        here = next;
      }
      return placeAt(best);
    };
    return {
      ok: true,
      yaml: { value, placeOf: (path) => node(path, false), placeOfKey: (path) => node(path, true) },
    };
  } catch (error) {
    return fail(lowerFirst(error instanceof Error ? error.message : String(error)));
  }
}

/** The text without its byte order mark, or undefined when it is no UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\u0000") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Where brackets or indentation first go deeper than any configuration does. */
function tooDeep(text: string): Omit<Place, "file"> | undefined {
  let open = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const indent = line.length - line.trimStart().length;
    const dashes = /^(?:\s*-\s)+/.exec(line)?.[0].split("-").length ?? 0;
    if (indent > 4 * maxDepth || dashes > maxDepth) return { line: index + 1, column: 1 };
    for (let at = 0; at < line.length; at++) {
      const sign = line[at];
      if (sign === "[" || sign === "{") open++;
      else if (sign === "]" || sign === "}") open = Math.max(0, open - 1);
      if (open > maxDepth) return { line: index + 1, column: at + 1 };
    }
  }
  return undefined;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
