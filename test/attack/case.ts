import { parseDocument } from "../../lib/policy/document.ts";
import type { Policy, PolicyKind, PolicySet } from "../../lib/policy/model.ts";
import type { Json } from "./corpus.ts";

/** A statement while it is being varied. */
export type Draft = Record<string, unknown>;

/** One side of a case, as JSON: what a shrunk failure is kept as. */
export interface Side {
  readonly documents: readonly Json[];
  readonly boundary?: readonly Json[];
}

/** What is known beforehand about a pair of policies, whoever compares them. */
export type Known = "nothing" | "equivalent" | "first-within-second" | "second-within-first";

export interface Case {
  /** How the pair came about. */
  readonly name: string;
  readonly kind: PolicyKind;
  readonly first: Side;
  readonly second: Side;
  readonly known: Known;
}

/** Undefined when a document is not valid: then there is nothing to attack. */
export function policySet(kind: PolicyKind, side: Side): PolicySet | undefined {
  const documents = parseAll(kind, side.documents);
  if (documents === undefined) return undefined;
  if (side.boundary === undefined) return { kind, documents };
  const boundary = parseAll(kind, side.boundary);
  return boundary === undefined ? undefined : { kind, documents, boundary };
}

function parseAll(kind: PolicyKind, documents: readonly Json[]): readonly Policy[] | undefined {
  const policies: Policy[] = [];
  for (const document of documents) {
    const parsed = parseDocument(document, { kind });
    if (!parsed.ok) return undefined;
    policies.push(parsed.policy);
  }
  return policies;
}

/** A scalar or a list, as a list. */
export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

export const statementsOf = (document: Json): readonly Draft[] =>
  listOf(document["Statement"] as Draft | readonly Draft[]);
