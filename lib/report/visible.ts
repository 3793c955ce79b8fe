/**
 * Text from an account, made harmless and honest to look at: what a terminal would obey or a page
 * would not show (escapes, direction overrides, zero-width characters) stands as `\u001b`. Line feeds
 * stay where `lines` says so; elsewhere they too are shown.
 */
export const visible = (text: string): string => text.replace(hidden, escaped);

/** As `visible`, for text that may have several lines. */
export const visibleLines = (text: string): string => text.replace(hiddenButLineFeed, escaped);

const hidden =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]/gu;
const hiddenButLineFeed =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]/gu;

const escaped = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
