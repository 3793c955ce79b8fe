import { type Case, type Draft, type Side, statementsOf } from "./case.ts";
import type { Json } from "./corpus.ts";

/**
 * The smallest case that still fails: leaves out documents, statements, elements of lists, conditions,
 * one at a time, as long as any of it can go. What was known of the pair may no longer hold: the same
 * is left out of both sides where both have it, and `fails` has to be about what does not need it.
 */
export function shrink(item: Case, fails: (smaller: Case) => boolean): Case {
  let least = item;
  for (let progress = true; progress; ) {
    progress = false;
    for (const smaller of smallerCases(least)) {
      if (!fails(smaller)) continue;
      least = smaller;
      progress = true;
      break;
    }
  }
  return least;
}

function* smallerCases(item: Case): Iterable<Case> {
  for (const side of ["first", "second"] as const) {
    for (const smaller of smallerSides(item[side])) yield { ...item, [side]: smaller };
  }
  // Together: a difference may hang on both sides having the rest in common.
  const [ones, others] = [[...smallerSides(item.first)], [...smallerSides(item.second)]];
  for (const [index, first] of ones.entries()) {
    const second = others[index];
    if (second !== undefined) yield { ...item, first, second };
  }
}

function* smallerSides(side: Side): Iterable<Side> {
  if (side.boundary !== undefined) {
    yield { documents: side.documents };
    for (const boundary of smallerLists(side.boundary)) yield { ...side, boundary };
  }
  for (const documents of smallerLists(side.documents)) yield { ...side, documents };
}

function* smallerLists(documents: readonly Json[]): Iterable<readonly Json[]> {
  if (documents.length > 1) for (const index of documents.keys()) yield documents.toSpliced(index, 1);
  for (const [index, document] of documents.entries()) {
    for (const statements of smallerStatements(statementsOf(document))) {
      yield documents.with(index, { ...document, Statement: statements });
    }
  }
}

function* smallerStatements(statements: readonly Draft[]): Iterable<readonly Draft[]> {
  for (const index of statements.keys()) yield statements.toSpliced(index, 1);
  for (const [index, statement] of statements.entries()) {
    for (const smaller of smallerValues(statement, 3)) yield statements.with(index, smaller as Draft);
  }
}

/** Lists with an item less, objects with a member less, and the same inside of them. */
function* smallerValues(value: unknown, depth: number): Iterable<unknown> {
  if (Array.isArray(value)) {
    if (value.length > 1) for (const index of value.keys()) yield value.toSpliced(index, 1);
  } else if (typeof value === "object" && value !== null && depth > 0) {
    for (const [key, inner] of Object.entries(value)) {
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      yield rest;
      for (const smaller of smallerValues(inner, depth - 1)) yield { ...value, [key]: smaller };
    }
  }
}
