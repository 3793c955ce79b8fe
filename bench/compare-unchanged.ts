import { compare } from "../lib/policy/compare.ts";
import { corpus, toDocument } from "../test/attack/corpus.ts";
import { type Bench, below } from "./figure.ts";
import { policySet } from "./shared-pairs.ts";
import { median, timed } from "./statistics.ts";

/** The everyday case: the permissions of a role, read anew, against those of its own baseline. */
export const compareUnchanged: Bench = {
  figures: ["compare-unchanged"],
  async run() {
    const pairs = corpus.map((document) => {
      const read = () => policySet(document.kind, JSON.parse(JSON.stringify(toDocument(document))));
      return { first: read(), second: read() };
    });
    const rounds: number[] = [];
    for (let round = 0; round < 200; round++) {
      const ms = await timed(() => {
        for (const { first, second } of pairs) compare(first, second);
      });
      if (round >= 20) rounds.push(ms);
    }
    const each = (median(rounds) * 1000) / pairs.length;
    return [below({ name: "compare-unchanged", value: each, unit: "µs" }, 30)];
  },
};
