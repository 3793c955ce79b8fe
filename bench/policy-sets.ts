import { parseDocument } from "../lib/policy/document.ts";
import type { PolicyKind, PolicySet } from "../lib/policy/model.ts";

export interface SetPair {
  readonly first: PolicySet;
  readonly second: PolicySet;
}

/** One side of a pair, out of a document or a list of them. Throws for what is not a policy. */
export function policySet(kind: PolicyKind, documents: unknown, parse = parseDocument): PolicySet {
  const list = Array.isArray(documents) ? documents : [documents];
  return {
    kind,
    documents: list.map((document) => {
      const parsed = parse(document, { kind });
      if (!parsed.ok)
        throw new Error(parsed.errors.map(({ place, message }) => `${place} ${message}`).join("; "));
      return parsed.policy;
    }),
  };
}
