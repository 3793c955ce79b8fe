import type { Exceeds, PolicyWitness } from "../policy/model.ts";

/** What the engine says of one side of a difference, or of one cause of it. */
export type Part =
  | { readonly at: "same" }
  | {
      readonly at: "differs";
      /** The account allows it, the baseline does not. */
      readonly excess: readonly PolicyWitness[];
      /** The baseline asks for it, the account does not allow it. */
      readonly missing: readonly PolicyWitness[];
    }
  | { readonly at: "undecided"; readonly reason: string }
  /** Another control tells it. */
  | { readonly at: "told"; readonly by: string };

export const same: Part = { at: "same" };

/** One direction as a part. */
export function partOf(exceeds: Exceeds, direction: "excess" | "missing"): Part {
  switch (exceeds.verdict) {
    case "none":
      return same;
    case "undecided":
      return { at: "undecided", reason: exceeds.reason };
    case "proven":
      return { at: "differs", excess: [], missing: [], [direction]: exceeds.witnesses };
    default:
      return exceeds satisfies never;
  }
}

/** Both directions as one part: a proven one is told whatever the other is. */
export function both(excess: Exceeds, missing: Exceeds): Part {
  const parts = [partOf(excess, "excess"), partOf(missing, "missing")];
  const proven = parts.filter((part) => part.at === "differs");
  if (proven.length > 0)
    return {
      at: "differs",
      excess: proven.flatMap((part) => part.excess),
      missing: proven.flatMap((part) => part.missing),
    };
  return parts.find((part) => part.at === "undecided") ?? same;
}
