import { exampleArn } from "../actions/existing-actions.ts";
import type { Candidate } from "../comparison/search.ts";
import type { Assignment } from "../glob/template.ts";
import type { NamedAction } from "./actions.ts";
import { examples, plausibleText } from "./plausible.ts";

const mostPatterns = 24;

/** Resources of a cell, the likeliest first; one `undefined` when the documents name no resources. */
export function resourcesFor(
  { action: cell, resource }: Candidate,
  action: NamedAction,
  assignment: Assignment | undefined,
): readonly (string | undefined)[] {
  if (resource === undefined) return [undefined];
  const tried = new Set<string>();
  const { shape } = action;
  if (shape === "*") tried.add("*");
  else if (shape !== undefined) tried.add(exampleArn(shape, { partition: "aws", ...examples }));
  const texts = new Set<string>();
  for (const step of [...cell.sides[0], ...cell.sides[1]]) {
    for (const text of step.list?.texts ?? []) if (texts.size < mostPatterns) texts.add(text);
  }
  for (const text of texts) tried.add(plausibleText(filled(text, assignment)));
  const good = [...tried].filter((text) => resource.holds(text)).slice(0, 3);
  return [...good, ...resource.examples.slice(0, 2)];
}

/** A pattern with the values that its variables have, and a made-up one where that is not known. */
const filled = (text: string, assignment: Assignment | undefined): string =>
  text.replace(
    /\$\{([^,}]*)(?:,\s*'([^']*)')?[^}]*\}/g,
    (_, key: string, fallback: string | undefined) =>
      assignment?.get(key.trim().toLowerCase()) ?? fallback ?? examples.name,
  );
