import { unseen } from "./unseen.ts";

/**
 * Text from an account, made harmless and honest to look at: what a terminal would obey or a page
 * would not show (escapes, direction overrides, zero-width characters) stands as `\u001b`. Line feeds
 * stay where `lines` says so; elsewhere they too are shown.
 */
export const visible = (text: string): string => text.replace(hidden, escaped);

/** As `visible`, for text that may have several lines. */
export const visibleLines = (text: string): string => text.replace(hiddenButLineFeed, escaped);

const hidden = new RegExp(`[${unseen}]`, "gu");
const hiddenButLineFeed = new RegExp(`(?!\\n)[${unseen}]`, "gu");

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}
