import { exampleArn } from "../actions/existing-actions.ts";
import { isWild } from "../comparison/normalise.ts";
import type { Candidate } from "../comparison/search.ts";
import type { Assignment } from "../glob/template.ts";
import type { NamedAction } from "./actions.ts";
import { examples, plausibleText } from "./plausible.ts";

const mostPatterns = 24;
/** Longer patterns are not held against the form of an action's ARNs. */
const longest = 200;
const known = { partition: "aws", ...examples };

/**
 * Resources of a cell, the likeliest first; one `undefined` when the documents name no resources. `*` is
 * only used where no resource makes a difference: evaluators do not agree on what it is within an ARN.
 */
export function* resourcesFor(
  { action: cell, resource }: Candidate,
  action: NamedAction,
  assignment: Assignment | undefined,
): Iterable<string | undefined> {
  if (resource === undefined) {
    yield undefined;
    return;
  }
  let count = 0;
  for (const text of likelyResources(cell, action, assignment)) {
    if (!resource.holds(text)) continue;
    yield text;
    if (++count === 3) break;
  }
  yield* resource.examples.slice(0, 2);
}

function* likelyResources(
  { sides }: Candidate["action"],
  { name, shape }: NamedAction,
  assignment: Assignment | undefined,
): Iterable<string> {
  const steps = [...sides[0], ...sides[1]];
  const service = name.slice(0, name.indexOf(":"));
  if (shape === "*") {
    if (steps.every(({ list }) => list?.not !== true && list?.texts.includes("*") === true)) yield "*";
    yield `arn:aws:${service}:${examples.region}:${examples.account}:example`;
  } else if (shape !== undefined) yield usualArn(shape);
  let count = 0;
  for (const { list } of steps) {
    for (const text of list?.texts ?? []) {
      if (count++ === mostPatterns) return;
      if (text === "*") continue;
      const pattern = filled(text, assignment);
      if (shape !== undefined && pattern.length <= longest && isWild(pattern))
        yield exampleArn(shape, known, pattern) ?? "";
      yield plausibleText(pattern);
    }
  }
  if (shape === undefined) yield `arn:aws:${service}:${examples.region}:${examples.account}:example`;
}

const usualArns = new Map<string, string>();

/** There are as many of them as shapes of ARNs: each is made up once. */
function usualArn(shape: string): string {
  const arn = usualArns.get(shape) ?? exampleArn(shape, known) ?? "";
  usualArns.set(shape, arn);
  return arn;
}

/** A pattern with the values that its variables have, and a made-up one where that is not known. */
const filled = (text: string, assignment: Assignment | undefined): string =>
  !text.includes("${")
    ? text
    : text.replace(
        /\$\{([^,}]*)(?:,\s*'([^']*)')?[^}]*\}/g,
        (_, key: string, fallback: string | undefined) =>
          assignment?.get(key.trim().toLowerCase()) ?? fallback ?? examples.name,
      );
