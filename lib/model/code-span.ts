import { visible } from "./visible.ts";

/** Code within a line of text or markdown, whatever backticks are in it. */
export function codeSpan(text: string): string {
  const value = visible(text);
  const ticks = "`".repeat(longestRun(value) + 1);
  const padding = value.startsWith("`") || value.endsWith("`") ? " " : "";
  return `${ticks}${padding}${value}${padding}${ticks}`;
}

/** Of backticks. */
export const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
