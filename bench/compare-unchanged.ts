import { corpus, toDocument } from "../test/attack/corpus.ts";
import { type Bench, below } from "./figure.ts";
import { policySet } from "./policy-sets.ts";
import { shippedEngine } from "./shipped-engine.ts";
import { median, timed } from "./statistics.ts";

/**
 * The everyday case: the permissions of a role, read anew each time, against those of its baseline, which
 * is read once. Only the comparing is timed.
 */
export const compareUnchanged: Bench = {
  figures: ["compare-unchanged"],
  async run() {
    const texts = corpus.map((document) => ({
      kind: document.kind,
      text: JSON.stringify(toDocument(document)),
    }));
    const { compare, parseDocument } = await shippedEngine();
    const read = () => texts.map(({ kind, text }) => policySet(kind, text, parseDocument));
    const baselines = read();
    const rounds: number[] = [];
    for (let round = 0; round < 300; round++) {
      const actual = read();
      const ms = await timed(() => {
        for (const [index, set] of actual.entries()) compare(set, baselines[index] ?? set);
      });
      if (round >= 50) rounds.push(ms);
    }
    const each = (median(rounds) * 1000) / texts.length;
    return [below({ name: "compare-unchanged", value: each, unit: "µs" }, 30)];
  },
};
