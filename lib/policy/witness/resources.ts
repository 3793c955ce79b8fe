import { exampleArn } from "../actions/existing-actions.ts";
import type { Candidate } from "../comparison/search.ts";
import type { NamedAction } from "./actions.ts";
import { mended } from "./mended.ts";
import { examples } from "./plausible.ts";

/**
 * Resources of a cell, the likeliest first; one `undefined` when the documents name no resources. `*` is
 * only used where no resource makes a difference: evaluators do not agree on what it is within an ARN.
 */
export function* resourcesFor(
  { action: { sides }, resource }: Candidate,
  { name, shape = "" }: NamedAction,
): Iterable<string | undefined> {
  const lists = sides.flatMap((steps) => steps.map(({ list }) => list));
  if (lists.every((list) => list === undefined)) {
    yield undefined;
    return;
  }
  if (shape === "*" && lists.every((list) => list?.not !== true && list?.texts.includes("*") === true))
    yield "*";
  const service = name.slice(0, name.indexOf(":"));
  const form = shape.length > 1 ? shape : `arn:\${Partition}:${service}:\${Region}:\${Account}:*`;
  const own = exampleArn(form, examples) ?? "";
  if (resource.holds(own)) yield own;
  const shortest = resource.examples.slice(0, 2);
  for (const text of shortest) yield mended(text, form, resource);
  yield* shortest;
}
