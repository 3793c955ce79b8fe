import type { PolicyKind, PolicySet } from "../lib/policy/model.ts";
import { corpus, toDocument } from "../test/attack/corpus.ts";
import { mutate } from "../test/attack/mutate.ts";
import { Random } from "../test/attack/random.ts";
import { sharedLines } from "../test/attack/shared-cases.ts";
import { type Bench, below } from "./figure.ts";
import { policySet, type SetPair } from "./policy-sets.ts";
import { shippedEngine } from "./shipped-engine.ts";
import { median, quantile } from "./statistics.ts";

/**
 * Comparisons of documents that differ: version changes of AWS-managed policies, and AWS's own labelled
 * pairs. Where a checkout does not have those beside it, documents of our own and mutations of them: the
 * unit says so.
 */
export const compareReal: Bench = {
  figures: ["compare-managed-p50", "compare-managed-p99", "compare-managed-max", "compare-aws-p50"],
  async run() {
    const versions = sharedLines("managed-versions.jsonl.gz");
    const labelled = sharedLines("aws-pairs.jsonl");
    const own = versions.length === 0 || labelled.length === 0;
    const { compare, parseDocument, loadActions } = await shippedEngine();
    const actions = await loadActions();
    const read: ReadSet = (kind, documents) => policySet(kind, documents, parseDocument);
    const measure = (pairs: () => readonly SetPair[]) =>
      measured(pairs, ({ first, second }) => compare(first, second, { actions }));
    const managed = measure(() =>
      own ? mutatedPairs(600, read) : versions.map((row) => versionPair(row, read)),
    );
    const aws = measure(() =>
      own ? mutatedPairs(100, read) : labelled.map((row) => labelledPair(row, read)),
    );
    const unit = own ? "ms (own corpus)" : "ms";
    return [
      below({ name: "compare-managed-p50", value: quantile(managed, 0.5), unit }, 0.3),
      below({ name: "compare-managed-p99", value: quantile(managed, 0.99), unit }, 20),
      below({ name: "compare-managed-max", value: quantile(managed, 1), unit }, 1000),
      below({ name: "compare-aws-p50", value: quantile(aws, 0.5), unit }, 2),
    ];
  },
};

type Row = Readonly<Record<string, unknown>>;
type ReadSet = (kind: PolicyKind, documents: unknown) => PolicySet;

const versionPair = (row: Row, read: ReadSet): SetPair => ({
  first: read("identity", row["old"]),
  second: read("identity", row["new"]),
});

function labelledPair(row: Row, read: ReadSet): SetPair {
  const kind = row["kind"] as PolicyKind;
  return { first: read(kind, row["reference"]), second: read(kind, row["candidate"]) };
}

function mutatedPairs(count: number, read: ReadSet): readonly SetPair[] {
  const random = new Random(1);
  const pairs: SetPair[] = [];
  while (pairs.length < count) {
    const document = random.pick(corpus);
    const changed = mutate(document.kind, { documents: [toDocument(document)] }, random);
    if (changed === undefined) continue;
    pairs.push({
      first: read(document.kind, toDocument(document)),
      second: read(document.kind, changed.side.documents),
    });
  }
  return pairs;
}

/**
 * Milliseconds of each comparison: the median of three, for a pause of the machine is not the engine's.
 * Documents are read anew each time, untimed, so that nothing is remembered of them.
 */
function measured(pairs: () => readonly SetPair[], compare: (pair: SetPair) => unknown): readonly number[] {
  const rounds = [0, 1, 2].map(() =>
    pairs().map((pair) => {
      const start = performance.now();
      compare(pair);
      return performance.now() - start;
    }),
  );
  return (rounds[0] ?? []).map((_, index) => median(rounds.map((times) => times[index] ?? Number.NaN)));
}
