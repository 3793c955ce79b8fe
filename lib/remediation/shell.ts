import { unseen } from "../model/unseen.ts";

/**
 * Quoting for POSIX shells, so that a command can be pasted as it stands whatever a role or a tag is
 * called.
 *
 * Single quotes keep everything literal. Characters that a terminal would act on while the command is
 * being pasted or looked at (control characters, a tab that completes, direction overrides that show
 * another text) are written as octal escapes that `printf` turns back.
 */
const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** All but the line feed, which single quotes keep and `$(…)` would lose. */
const unsafeRuns = new RegExp(`(?:(?!\\n)[${unseen}])+`, "gu");

/** One shell word that stands for exactly `text`. A NUL, which no argument can hold, is left out. */
export function shellQuote(text: string): string {
  const value = text.replaceAll("\0", "");
  if (plain.test(value)) return value;
  let word = "";
  let from = 0;
  for (const run of value.matchAll(unsafeRuns)) {
    word += singleQuoted(value.slice(from, run.index));
    word += `"$(printf '${octal(run[0])}')"`;
    from = run.index + run[0].length;
  }
  word += singleQuoted(value.slice(from));
  return word === "" ? "''" : word;
}

/** `--name value`, or `--name=value` where the value would be taken for an option itself. */
export const shellOption = (name: string, value: string): string =>
  value.startsWith("-") ? `${name}=${shellQuote(value)}` : `${name} ${shellQuote(value)}`;

const singleQuoted = (text: string): string => (text === "" ? "" : `'${text.replaceAll("'", "'\\''")}'`);

const octal = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
