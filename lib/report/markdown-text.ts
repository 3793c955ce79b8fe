import { codeSpan, longestRun } from "../model/code-span.ts";
import { visible, visibleLines } from "../model/visible.ts";

/**
 * Text that stays text in GitHub's and GitLab's markdown: no markup, no HTML, no link, and nobody is
 * mentioned. An empty comment after `@` and `#` keeps their renderers from linking what follows.
 */
export const escapeMarkdown = (text: string): string =>
  visible(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()!|~$^]/g, "\\$&")
    .replace(/:\/\//g, ":<!-- -->//")
    .replace(/\bwww\./gi, (word) => `${word.slice(0, 3)}<!-- -->.`)
    .replace(/[@#](?=\S)/g, "$&<!-- -->")
    .replace(/^[-+=]/, "\\$&")
    .replace(/^(\d+)\.(?=\s|$)/, "$1\\.");

/** As `escapeMarkdown`, with what stands between backticks as code. */
export const proseToMarkdown = (text: string): string =>
  text
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 0 ? escapeMarkdown(part) : codeSpan(part.slice(1, -1))))
    .join("");

/** For a line of HTML, in which markdown's own escapes would be shown. */
export const escapeInHtml = (text: string): string =>
  visible(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/:\/\//g, ":<!-- -->//")
    .replace(/[@#](?=\S)/g, "$&<!-- -->");

/** Lines of code, whatever fences are in them. */
export function codeBlock(text: string, language: string): string {
  const value = visibleLines(text);
  const fence = "`".repeat(Math.max(3, longestRun(value) + 1));
  return `${fence}${language}\n${value}\n${fence}`;
}
