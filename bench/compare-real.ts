import { compare } from "../lib/policy/compare.ts";
import type { PolicyKind } from "../lib/policy/model.ts";
import { type Bench, below } from "./figure.ts";
import { policySet, type SetPair, sharedLines } from "./shared-pairs.ts";
import { quantile } from "./statistics.ts";

/** Comparisons of documents that differ: version changes of AWS-managed policies, and AWS's own labelled pairs. */
export const compareReal: Bench = {
  figures: ["compare-managed-p50", "compare-managed-p99", "compare-managed-max", "compare-aws-p50"],
  async run() {
    const versions = sharedLines("managed-versions.jsonl.gz");
    const labelled = sharedLines("aws-pairs.jsonl");
    if (versions === undefined || labelled === undefined) return { skipped: "no ../shared/pairs here" };
    const managed = measure(
      versions.map((row) => ({
        first: policySet("identity", row["old"]),
        second: policySet("identity", row["new"]),
      })),
    );
    const aws = measure(
      labelled.map((row) => {
        const kind = row["kind"] as PolicyKind;
        return { first: policySet(kind, row["reference"]), second: policySet(kind, row["candidate"]) };
      }),
    );
    const unit = "ms";
    return [
      below({ name: "compare-managed-p50", value: quantile(managed, 0.5), unit }, 0.3),
      below({ name: "compare-managed-p99", value: quantile(managed, 0.99), unit }, 20),
      below({ name: "compare-managed-max", value: quantile(managed, 1), unit }, 1000),
      below({ name: "compare-aws-p50", value: quantile(aws, 0.5), unit }, 2),
    ];
  },
};

/** Milliseconds of each comparison: the median of three, for a pause of the machine is not the engine's. */
function measure(pairs: readonly SetPair[]): readonly number[] {
  return pairs.map(({ first, second }) => {
    const times = [0, 1, 2].map(() => {
      const start = performance.now();
      compare(first, second);
      return performance.now() - start;
    });
    return quantile(times, 0.5);
  });
}
