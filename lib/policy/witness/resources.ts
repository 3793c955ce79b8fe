import { exampleArn } from "../actions/existing-actions.ts";
import type { Budget } from "../comparison/budget.ts";
import { isWild, type TextList } from "../comparison/normalise.ts";
import type { Candidate } from "../comparison/search.ts";
import { Pattern } from "../glob/pattern.ts";
import { type Assignment, foldKey, replaceVariables, wildcard } from "../glob/template.ts";
import type { NamedAction } from "./actions.ts";
import { firstFew } from "./first-few.ts";
import { mended, placeOf, settled } from "./mended.ts";
import { examples, type Place, places, plausibleText } from "./plausible.ts";

const mostPatterns = 24;
/** Of so many patterns it is asked whether they match a text. */
const mostNear = 400;
/** Longer patterns are not held against a text, or the form of an action's ARNs. */
const longest = 200;
const [usual, ...furtherPlaces] = places;

/** Undefined: a statement that names no resources. */
type Lists = readonly (TextList | undefined)[];

/**
 * Resources of a cell, the likeliest first; one `undefined` when the documents name no resources. `*` is
 * only used where no resource makes a difference: evaluators do not agree on what it is within an ARN.
 */
export function* resourcesFor(
  { action: { sides }, resource }: Candidate,
  action: NamedAction,
  assignment: Assignment | undefined,
  budget: Budget,
): Iterable<string | undefined> {
  const lists = sides.flatMap((steps) => steps.map(({ list }) => list));
  if (lists.every((list) => list === undefined)) {
    yield undefined;
    return;
  }
  if (action.shape === "*" && lists.every((list) => list?.not !== true && list?.texts.includes("*") === true))
    yield "*";
  const patterns = () => patternsIn(lists, assignment);
  const belonging = (most: number, near: Iterable<string>, among: readonly Place[]) =>
    firstFew(most, likely(action, near, among), (text) => resource.holds(text));
  yield* belonging(3, firstFew(mostPatterns, patterns()), [usual]);
  // What is likely lies in other cells: so something like it, where the shortest text of this one lies.
  const shortest = resource.examples.slice(0, 2);
  const short = firstFew(mostNear, patterns(), (pattern) => pattern.length <= longest && isWild(pattern));
  const near = firstFew(mostPatterns, short, (pattern) =>
    new Pattern(wildcard(pattern)).matches(shortest[0] ?? "", budget),
  );
  yield* belonging(2, [...near], furtherPlaces);
  for (const text of shortest) {
    const whole = mended(text, action.shape, resource);
    if (whole !== text) yield whole;
  }
  yield* shortest;
}

/** An ARN of the action's own form, and what patterns match, at some places. */
function* likely(
  { name, shape }: NamedAction,
  patterns: Iterable<string>,
  among: readonly Place[],
): Iterable<string> {
  for (const place of among) {
    if (shape !== undefined) yield ownArn(name, shape, place);
    for (const pattern of patterns) yield* within(pattern, shape, place);
    if (shape === undefined) yield ownArn(name, shape, place);
  }
}

function* patternsIn(lists: Lists, assignment: Assignment | undefined): Iterable<string> {
  for (const list of lists)
    for (const text of list?.texts ?? []) if (text !== "*") yield filled(text, assignment);
}

/** Texts that a pattern matches: in the form of the action's ARNs, and as it stands. */
function* within(pattern: string, shape: string | undefined, wanted: Place): Iterable<string> {
  const place = placeOf(pattern, wanted);
  const whole = settled(pattern, place, shape === "*" ? undefined : shape);
  if (shape !== undefined && whole.length <= longest && isWild(whole)) {
    const arn = exampleArn(shape, place, whole);
    if (arn !== undefined) yield arn;
  }
  yield plausibleText(whole, place);
}

/** An ARN of the action's own form. */
function ownArn(action: string, shape: string | undefined, place: Place): string {
  if (shape !== undefined && shape !== "*") return exampleArn(shape, place) ?? "";
  const service = action.slice(0, action.indexOf(":"));
  return `arn:${place.partition}:${service}:${place.region}:${place.account}:${place.name}`;
}

/** A pattern with the values that its variables have, and a made-up one where that is not known. */
const filled = (text: string, assignment: Assignment | undefined): string =>
  replaceVariables(
    text,
    (key, fallback) =>
      assignment?.get(foldKey(key, false)) ??
      assignment?.get(foldKey(key, true)) ??
      fallback ??
      examples.name,
  );
