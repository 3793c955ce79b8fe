import type { PolicyKind } from "../../lib/policy/model.ts";
import { type Case, policySet } from "./case.ts";
import { addCondition, makeSide, makeStatement, pools } from "./make.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { rewrite } from "./rewrite.ts";
import { tweak } from "./tweak.ts";

const kinds: readonly PolicyKind[] = ["identity", "identity", "identity", "resource", "trust"];

/** The case that a seed stands for. */
export function makeCase(seed: number): Case {
  const random = new Random(seed);
  const kind = random.pick(kinds);
  const first = makeSide(kind, random);
  const way = random.next();
  if (way < 0.1) return inPieces(kind, random);
  if (way < 0.4) {
    const tweaked = tweak(first, random);
    // A tweak can make nonsense of a document: then there is nothing to compare.
    const second = policySet(kind, tweaked) === undefined ? first : tweaked;
    return { name: "tweaked", kind, first, second, known: "nothing" };
  }
  if (way < 0.5)
    return { name: "two drawn apart", kind, first, second: makeSide(kind, random), known: "nothing" };
  if (way < 0.7) {
    const { name, side } = rewrite(first, random);
    return { name: `rewritten: ${name}`, kind, first, second: side, known: "equivalent" };
  }
  const changed = mutate(kind, first, random) ?? mutate(kind, first, random);
  if (changed === undefined) return { name: "the same", kind, first, second: first, known: "equivalent" };
  if (way < 0.85)
    return { name: `mutated: ${changed.name}`, kind, first, second: changed.side, known: changed.known };
  const said = rewrite(changed.side, random);
  return {
    name: `mutated: ${changed.name}; ${said.name}`,
    kind,
    first,
    second: said.side,
    known: changed.known,
  };
}

/**
 * One statement against pieces of it, each under a condition of its own out of few keys and values: now
 * and then they make up the whole, mostly there is a gap somewhere.
 */
function inPieces(kind: PolicyKind, random: Random): Case {
  const { Condition: _, ...drawn } = makeStatement(kind, random);
  const whole = { ...drawn, Effect: "Allow" };
  const pool = random.pick(pools);
  const pieces = Array.from({ length: 2 + random.below(4) }, () => {
    const condition: Record<string, Record<string, unknown>> = {};
    for (let count = 1 + random.below(2); count > 0; count--) addCondition(condition, random, pool);
    return { ...whole, Effect: random.chance(0.8) ? "Allow" : "Deny", Condition: condition };
  });
  const side = (statements: readonly object[]) => ({
    documents: [{ Version: "2012-10-17", Statement: random.shuffle(statements) }],
  });
  return {
    name: "a statement and pieces of it",
    kind,
    first: side([whole]),
    second: side(pieces),
    known: "second-within-first",
  };
}
