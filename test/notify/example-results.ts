import { readFileSync } from "node:fs";
import { judgeClusters } from "../../lib/controls/cluster/judge-clusters.ts";
import { judge } from "../../lib/controls/judge.ts";
import type { Result } from "../../lib/model/result.ts";
import { loadActions } from "../../lib/policy/actions/load-actions.ts";
import { type ClusterCase, inputOf } from "../controls/cluster/case.ts";
import { configOf, factsOf, loadCases } from "../support/case-file.ts";

/** Results of real controls, from the cases of test/cases: what the golden files tell of. */
export async function exampleResults(): Promise<
  Readonly<Record<"opened" | "changed" | "passed" | "missing" | "undecided" | "untagged", Result>>
> {
  const actions = await loadActions();
  const of = (name: string, control: string): Result => {
    const found = loadCases().find((each) => each.name === name);
    if (found === undefined) throw new Error(`no case: ${name}`);
    const results = judge(factsOf(found), configOf(found), {
      now: new Date("2026-06-01T12:00:00Z"),
      actions,
    });
    return one(results, control);
  };
  const opened = of("the service is ECS, not EC2", "trust-excess");
  const extra = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::999999999999:root" },
    Action: "sts:AssumeRole",
  };
  return {
    opened,
    changed: {
      ...opened,
      digest: "1".repeat(32),
      severity: "critical",
      detail: "`ecs.amazonaws.com` and account `999999999999` can assume the role, and should not.",
      actual: [...(opened.actual as readonly unknown[]), extra],
      differences: [
        ...opened.differences,
        ...opened.differences.map((difference) => ({
          ...difference,
          witness: { ...difference.witness, principal: "arn:aws:iam::999999999999:role/example" },
        })),
      ],
    },
    passed: {
      ...opened,
      verdict: "passed",
      detail: "No one else can assume the role.",
      expected: null,
      actual: null,
      differences: [],
      remediation: [],
    },
    missing: of("the managed policy was detached", "permissions-missing"),
    undecided: of("a policy with an operator that does not exist", "permissions-excess"),
    untagged: untagged(),
  };
}

function untagged(): Result {
  const file = new URL("../cases/cluster/cluster-node-tagged.json", import.meta.url);
  const cases = JSON.parse(readFileSync(file, "utf8")) as readonly ClusterCase[];
  const [first] = cases.filter(({ expect: wanted }) => Object.values(wanted).includes("failed"));
  if (first === undefined) throw new Error("no case of an untagged node");
  return one(judgeClusters(inputOf(first)), "cluster-node-tagged");
}

function one(results: readonly Result[], control: string): Result {
  const found = results.find((each) => each.control === control && each.verdict !== "passed");
  if (found === undefined) throw new Error(`no result of ${control}`);
  return found;
}
