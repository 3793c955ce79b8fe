import { exampleArn } from "../actions/existing-actions.ts";
import type { PrincipalStep } from "../comparison/grants.ts";
import { isWild, type TextList } from "../comparison/normalise.ts";
import type { Candidate } from "../comparison/search.ts";
import type { TextCell } from "../comparison/text-cells.ts";
import { wildcard } from "../glob/glob.ts";
import { Pattern } from "../glob/pattern.ts";
import { type Assignment, foldKey, replaceVariables } from "../glob/template.ts";
import type { NamedAction } from "./actions.ts";
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
): Iterable<string | undefined> {
  if (resource === undefined) {
    yield undefined;
    return;
  }
  const lists = sides.flatMap((steps) => steps.map(({ list }) => list));
  if (action.shape === "*" && lists.every((list) => list?.not !== true && list?.texts.includes("*") === true))
    yield "*";
  yield* belonging(likelyResources(action, lists, assignment), resource, 3);
  // What is likely lies in other cells: so something like it, where the shortest text of this one lies.
  const shortest = resource.examples.slice(0, 2);
  yield* belonging(resourcesElsewhere(action, lists, assignment, shortest[0] ?? ""), resource, 2);
  for (const text of shortest) {
    const whole = mended(text, action.shape, resource);
    if (whole !== text) yield whole;
  }
  yield* shortest;
}

/** The first few texts that belong to a cell. */
function* belonging(texts: Iterable<string>, cell: TextCell<PrincipalStep>, most: number): Iterable<string> {
  let count = 0;
  for (const text of texts) {
    if (!cell.holds(text)) continue;
    yield text;
    if (++count === most) return;
  }
}

function* likelyResources(
  { name, shape }: NamedAction,
  lists: Lists,
  assignment: Assignment | undefined,
): Iterable<string> {
  if (shape !== undefined) yield ownArn(name, shape, usual);
  let count = 0;
  for (const pattern of patternsIn(lists, assignment)) {
    if (count++ === mostPatterns) return;
    yield* within(pattern, shape, usual);
  }
  if (shape === undefined) yield ownArn(name, shape, usual);
}

/** The same in other regions, accounts, partitions and under other names, for the patterns that a text matches. */
function* resourcesElsewhere(
  { name, shape }: NamedAction,
  lists: Lists,
  assignment: Assignment | undefined,
  text: string,
): Iterable<string> {
  const near = [...patternsIn(lists, assignment)]
    .filter((pattern) => pattern.length <= longest && isWild(pattern))
    .slice(0, mostNear)
    .filter((pattern) => new Pattern(wildcard(pattern)).matches(text))
    .slice(0, mostPatterns);
  for (const place of furtherPlaces) {
    for (const pattern of near) yield* within(pattern, shape, place);
    yield ownArn(name, shape, place);
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

const ownArns = new Map<Place, Map<string, string>>(places.map((place) => [place, new Map()]));

/** An ARN of the action's own form. There are as many as forms: each is made up once. */
function ownArn(action: string, shape: string | undefined, place: Place): string {
  if (shape === undefined || shape === "*") {
    const service = action.slice(0, action.indexOf(":"));
    return `arn:${place.partition}:${service}:${place.region}:${place.account}:${place.name}`;
  }
  const known = ownArns.get(place);
  const arn = known?.get(shape) ?? exampleArn(shape, place) ?? "";
  known?.set(shape, arn);
  return arn;
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
