import { visible, visibleLines } from "../model/visible.ts";

/** For an attribute in double quotes; XML 1.0 has no place for most control characters, so they are shown. */
export const xmlAttribute = (text: string): string => escapeXml(visible(text));

/** For the text of an element; line feeds stay. */
export const xmlText = (text: string): string => escapeXml(visibleLines(text));

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
