import type { SubjectState } from "../lib/ledger/model.ts";
import { defaultTransitionSettings } from "../lib/ledger/settings.ts";
import { type SubjectPass, transition } from "../lib/ledger/transition.ts";
import { findingId } from "../lib/model/finding-id.ts";
import type { Result } from "../lib/model/result.ts";
import { type Bench, below } from "./figure.ts";
import { median } from "./statistics.ts";

const findings = 1000;
const rounds = 60;
const account = "111122223333";
const start = Date.UTC(2026, 10, 2, 9);

/** One pass over a region whose ledger holds a thousand findings: nine of ten stand, one has changed. */
export const ledgerTransition: Bench = {
  figures: ["ledger-transition"],
  run: async () => {
    const known = after(
      { findings: [] },
      pass(0, () => "at first"),
    );
    const times: number[] = [];
    let told = 0;
    for (let round = 0; round < rounds; round++) {
      const next = pass(1000, (index) => (index % 10 === 0 ? "since" : "at first"));
      const began = performance.now();
      const outcome = transition(known, next, defaultTransitionSettings);
      times.push(performance.now() - began);
      told += outcome.alerts.length;
    }
    if (told !== (rounds * findings) / 10) throw new Error(`told ${told} changes`);
    return [below({ name: "ledger-transition", value: median(times), unit: "ms" }, 20)];
  },
};

function pass(second: number, content: (index: number) => string): SubjectPass {
  const results = Array.from({ length: findings }, (_, index) => result(index, content(index)));
  return {
    subject: `${account}/region/eu-west-1`,
    account,
    at: new Date(start + second * 1000).toISOString(),
    results,
    whole: true,
    sees: () => true,
    stillAsked: () => true,
    countsBlindness: true,
    causes: [],
    remind: false,
  };
}

function result(index: number, actual: string): Result {
  const arn = `arn:aws:ec2:eu-west-1:${account}:instance/i-${index}`;
  return {
    id: findingId(account, "rancher", "node-tagged", arn),
    digest: actual,
    control: "node-tagged",
    platform: "rancher",
    baseline: "rancher/cluster@1",
    resource: { arn, type: "instance", account, region: "eu-west-1" },
    verdict: "failed",
    // What is critical is told at once.
    severity: "critical",
    title: "Every node carries its cluster's tag",
    detail: `i-${index} is ${actual}`,
    expected: "kubernetes.io/cluster/c = owned or shared",
    actual: { tags: { Name: `node-${index}`, state: actual } },
    differences: [],
    remediation: [{ text: "Tag the node.", command: `aws ec2 create-tags --resources i-${index}` }],
  };
}

function after(state: SubjectState, next: SubjectPass): SubjectState {
  const { observation, findings: written } = transition(state, next, defaultTransitionSettings);
  return { observation, findings: written };
}
