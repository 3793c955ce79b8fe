import { withoutSecrets } from "../model/redact.ts";
import { unseen } from "../model/unseen.ts";

/**
 * Text that came from an account, made harmless for people's screens: control characters (terminal
 * escapes, line breaks that would forge a line), bidirectional overrides and other invisible marks
 * become a visible `\u{…}`; what has the shape of a secret is left out; what is longer than `limit` characters is cut with an ellipsis.
 */
export function plain(text: string, limit = 300): string {
  const shown = withoutSecrets(text).replace(hidden, (mark) => {
    if (mark === "\n" || mark === "\t") return " ";
    return `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return cut(shown, limit);
}

const hidden = new RegExp(`[${unseen}]`, "gu");

/** Cuts between characters, never inside one. */
export function cut(text: string, limit: number): string {
  const marks = [...text];
  return marks.length <= limit ? text : `${marks.slice(0, limit - 1).join("")}…`;
}

/** ASCII only, one line: for an e-mail's subject and for headers. */
export function ascii(text: string, limit: number): string {
  const dashes = plain(text, limit * 2)
    .replace(/[–—]/gu, "-")
    .replace(/…/gu, "...");
  const only = dashes
    .replace(/[^\x20-\x7e]/gu, "?")
    .replace(/ +/gu, " ")
    .trim();
  return only.length <= limit ? only : `${only.slice(0, limit - 3)}...`;
}
