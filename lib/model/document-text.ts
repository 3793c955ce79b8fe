import type { DocumentSource } from "./facts.ts";

/**
 * A document as one text, for a first look at what it may say. Empty for one that is nested deeper than can be
 * written: a file may hold it, AWS does not, and it is no policy.
 */
export function documentText(document: DocumentSource): string {
  if (typeof document === "string") return document;
  try {
    return JSON.stringify(document);
  } catch {
    return "";
  }
}
