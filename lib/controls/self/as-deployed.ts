import type { ControlInfo } from "../../model/control.ts";
import { canonical } from "../../model/finding-id.ts";
import type { Difference, RemediationStep } from "../../model/result.ts";
import type { Severity } from "../../model/severity.ts";
import { compare } from "../../policy/compare.ts";
import { parseDocument } from "../../policy/document.ts";
import type { Exceeds, Policy, PolicyWitness } from "../../policy/model.ts";
import { formatPrincipal } from "../../policy/parse-principal.ts";
import { shellQuote } from "../../remediation/shell.ts";
import type { SelfControl } from "./control.ts";
import { selfResult, stackArn, unseen } from "./control.ts";
import type { PartFacts, PartKind, PartPolicy, SelfFacts } from "./model.ts";

interface KindWords {
  readonly title: string;
  readonly severity: Severity;
  readonly consequence: string;
}

const kinds: Readonly<Record<PartKind, KindWords>> = {
  rule: {
    title: "The event rules are as deployed",
    severity: "critical",
    consequence: "Changes no longer reach Rolecall: drift is seen only by the scheduled audit.",
  },
  schedule: {
    title: "The schedules are as deployed",
    severity: "high",
    consequence: "The account is no longer audited regularly: what an event missed stays unseen.",
  },
  queue: {
    title: "The queues are as deployed",
    severity: "critical",
    consequence: "Events may be refused, kept too briefly or read by strangers.",
  },
  topic: {
    title: "The topics are as deployed",
    severity: "critical",
    consequence: "Alerts may be refused, or read by strangers.",
  },
  role: {
    title: "Rolecall's own roles are as deployed",
    severity: "critical",
    consequence: "The checker can no longer see or tell, or has become a way into the account.",
  },
  reader: {
    title: "The queues are read as deployed",
    severity: "critical",
    consequence: "Messages wait unread: nothing is judged or told.",
  },
  function: {
    title: "The functions are as deployed",
    severity: "critical",
    consequence: "What judges and tells is no longer what was deployed, or cannot run.",
  },
  alarm: {
    title: "The alarms are as deployed",
    severity: "high",
    consequence: "A dead checker would look like a clean account.",
  },
  log: {
    title: "The log groups are as deployed",
    severity: "high",
    consequence:
      "The metrics that the alarms wait for are written through the logs: without them the alarms sleep.",
  },
  ledger: {
    title: "The ledger is as deployed",
    severity: "high",
    consequence: "What is known of findings may be lost, and alerts with it.",
  },
};

/** One control for each kind of part of the stack: its settings by value, its policies by meaning. */
export const asDeployedControls: readonly SelfControl[] = (Object.keys(kinds) as PartKind[]).map(asDeployed);

function asDeployed(kind: PartKind): SelfControl {
  const words = kinds[kind];
  const info: ControlInfo = {
    id: `self-${kind}`,
    title: words.title,
    severity: words.severity,
    resource: "rolecall",
    rationale:
      "Whoever can change the checker can silence it; so it is held to its own template like any role is to its baseline.",
  };
  return {
    ...info,
    evaluate(facts) {
      const parts = facts.parts.items.filter((part) => part.kind === kind);
      const gap = facts.parts.gap;
      const results = parts.map((part) => selfResult(info, facts, judgePart(part, words, facts)));
      return gap === undefined
        ? results
        : [...results, selfResult(info, facts, unseen(stackArn(facts), gap))];
    },
  };
}

function judgePart(part: PartFacts, words: KindWords, facts: SelfFacts) {
  const { arn, actual, expected, name } = part;
  if (actual.at === "denied") return unseen(arn, actual);
  const remediation = putBack(facts);
  const shared = { arn, consequence: words.consequence, remediation };
  if (actual.at === "absent") {
    return {
      ...shared,
      verdict: "failed" as const,
      detail: `${name} is gone.`,
      expected: expected.settings,
      actual: null,
    };
  }
  const settings = Object.keys(expected.settings).filter(
    (key) => canonical(expected.settings[key]) !== canonical(actual.value.settings[key]),
  );
  const policies = [
    // A policy that nobody deployed, on a queue without one, opens it as much as an edited one.
    ...new Set([...Object.keys(expected.policies), ...Object.keys(actual.value.policies)]),
  ].map((key) => comparePolicies(key, expected.policies[key], actual.value.policies[key]));
  const drifted = policies.filter((policy) => policy.verdict === "failed");
  const undecided = policies.filter((policy) => policy.verdict === "undecided");
  if (settings.length === 0 && drifted.length === 0 && undecided.length === 0) {
    return { arn, verdict: "passed" as const, detail: `${name} is as deployed.` };
  }
  const changed = [...settings, ...drifted.map((policy) => policy.name)];
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(settings.map((key) => [key, from[key] ?? null]));
  const evidence = {
    expected: {
      ...pick(expected.settings),
      ...Object.fromEntries(policies.filter((p) => p.verdict !== "passed").map((p) => [p.name, p.expected])),
    },
    actual: {
      ...pick(actual.value.settings),
      ...Object.fromEntries(policies.filter((p) => p.verdict !== "passed").map((p) => [p.name, p.actual])),
    },
  };
  if (changed.length === 0) {
    const reason = undecided.map((policy) => `${policy.name}: ${policy.reason}`).join("; ");
    return {
      ...shared,
      ...evidence,
      verdict: "undecided" as const,
      detail: `${name} differs from what was deployed and cannot be proven the same.`,
      reason,
    };
  }
  return {
    ...shared,
    ...evidence,
    verdict: "failed" as const,
    detail: `${name} is not as deployed: ${changed.join(", ")}.`,
    differences: drifted.flatMap((policy) => policy.differences),
  };
}

/** A plain deployment changes only what changed in the template: what was edited besides would stay edited. */
function putBack({ stack, region }: SelfFacts): readonly RemediationStep[] {
  const set = `--stack-name ${shellQuote(stack)} --change-set-name put-back --region ${shellQuote(region)}`;
  return [
    {
      text: "Let CloudFormation compare every part with the template; read what it would change.",
      command: `aws cloudformation create-change-set ${set} --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM`,
    },
    {
      text: "Put them back. What it cannot put back, a removal and a new deployment with the same ledger does.",
      command: `aws cloudformation execute-change-set ${set}`,
    },
  ];
}

interface PolicyOutcome {
  readonly name: string;
  readonly verdict: "passed" | "failed" | "undecided";
  readonly reason: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly differences: readonly Difference[];
}

function comparePolicies(
  name: string,
  expected: PartPolicy | undefined,
  actual: PartPolicy | undefined,
): PolicyOutcome {
  const shown = { name, expected: expected?.documents ?? null, actual: actual?.documents ?? null };
  if (expected === undefined || actual === undefined) {
    return { ...shown, verdict: expected === actual ? "passed" : "failed", reason: "", differences: [] };
  }
  if (canonical(expected) === canonical(actual))
    return { ...shown, verdict: "passed", reason: "", differences: [] };
  const [first, second] = [parseAll(expected), parseAll(actual)];
  if (first === undefined || second === undefined) {
    return { ...shown, verdict: "undecided", reason: "a document cannot be read", differences: [] };
  }
  const { firstExceeds, secondExceeds } = compare(
    { kind: expected.kind, documents: first },
    { kind: expected.kind, documents: second },
  );
  const differences = [...told("missing", firstExceeds), ...told("excess", secondExceeds)];
  if (differences.length > 0) return { ...shown, verdict: "failed", reason: "", differences };
  const open = [firstExceeds, secondExceeds].find((one) => one.verdict === "undecided");
  return open?.verdict === "undecided"
    ? { ...shown, verdict: "undecided", reason: open.reason, differences }
    : { ...shown, verdict: "passed", reason: "", differences };
}

function parseAll(policy: PartPolicy): Policy[] | undefined {
  const parsed = policy.documents.map((document) => parseDocument(document, { kind: policy.kind }));
  return parsed.every((one) => one.ok) ? parsed.flatMap((one) => (one.ok ? [one.policy] : [])) : undefined;
}

const told = (direction: Difference["direction"], exceeds: Exceeds): Difference[] =>
  exceeds.verdict === "proven" ? exceeds.witnesses.map((witness) => difference(direction, witness)) : [];

function difference(direction: Difference["direction"], { request, latent }: PolicyWitness): Difference {
  const { principal, action, resource, context } = request;
  return {
    direction,
    latent,
    witness: {
      ...(principal === undefined ? {} : { principal: formatPrincipal(principal) }),
      action,
      resource: resource ?? "*",
      context,
    },
  };
}
