import { type Outcome, passed, type Told, toldBy } from "./control.ts";
import type { Part } from "./part.ts";

interface PartWords {
  readonly passed: string;
  readonly undecided: string;
  readonly steps: Told["steps"];
}

/** The outcome of one part of a comparison; what a difference comes to is the caller's to say. */
export function partOutcome(
  part: Part,
  words: PartWords,
  shown: () => Pick<Told, "expected" | "actual">,
  differs: (part: Extract<Part, { at: "differs" }>) => Outcome,
): Outcome {
  switch (part.at) {
    case "same":
      return passed(words.passed);
    case "told":
      return toldBy(part.by);
    case "undecided":
      return {
        verdict: "undecided",
        detail: words.undecided,
        reason: part.reason,
        ...shown(),
        steps: words.steps,
      };
    case "differs":
      return differs(part);
    default:
      return part satisfies never;
  }
}
