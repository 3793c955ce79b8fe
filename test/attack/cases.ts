import type { PolicyKind } from "../../lib/policy/model.ts";
import type { Case } from "./case.ts";
import { makeSide } from "./make.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { rewrite } from "./rewrite.ts";

const kinds: readonly PolicyKind[] = ["identity", "identity", "identity", "resource", "trust"];

/** The case that a seed stands for. */
export function makeCase(seed: number): Case {
  const random = new Random(seed);
  const kind = random.pick(kinds);
  const first = makeSide(kind, random);
  const way = random.next();
  if (way < 0.2)
    return { name: "two drawn apart", kind, first, second: makeSide(kind, random), known: "nothing" };
  if (way < 0.55) {
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
