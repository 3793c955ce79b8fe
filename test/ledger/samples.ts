import type { Cause } from "../../lib/change/model.ts";
import type { Finding, Observation, PendingAlert } from "../../lib/ledger/model.ts";
import { evidenceDigest, findingId } from "../../lib/model/finding-id.ts";
import type { Result } from "../../lib/model/result.ts";
import type { Alert } from "../../lib/notify/alert.ts";

export const account = "111122223333";

/** A result on a role; what is given overrides. */
export function resultFor(role: string, more: Partial<Result> = {}): Result {
  const arn = `arn:aws:iam::${account}:role/${role}`;
  const control = more.control ?? "role-trust";
  return {
    id: findingId(account, "ecs", control, arn),
    digest: evidenceDigest(more.actual ?? "as expected"),
    control,
    platform: "ecs",
    baseline: "ecs/instance-role@1",
    resource: { arn, type: "role", account, region: "global" },
    verdict: "passed",
    severity: "high",
    title: "The role trusts EC2 and nobody else",
    detail: "The role trusts EC2.",
    expected: "ec2.amazonaws.com",
    actual: "as expected",
    differences: [],
    remediation: [],
    ...more,
  };
}

const witness = { action: "sts:AssumeRole", resource: "*", context: {} };

/** Lets a stranger in: told at the first read. */
export const excess = (role: string, content = "open to 999999999999", more: Partial<Result> = {}): Result =>
  resultFor(role, {
    verdict: "failed",
    actual: content,
    differences: [{ direction: "excess", witness, latent: false }],
    ...more,
  });

/** Lacks something: told when it has settled. */
export const lacking = (role: string, content = "ECR is gone", more: Partial<Result> = {}): Result =>
  resultFor(role, {
    control: "role-permissions",
    verdict: "failed",
    actual: content,
    differences: [{ direction: "missing", witness, latent: false }],
    ...more,
  });

export const causeBy = (who: string, at: string, more: Partial<Cause> = {}): Cause => ({
  event: `event-${who}-${at}`,
  action: "iam:UpdateAssumeRolePolicy",
  at,
  actor: { kind: "user", who: `arn:aws:iam::${account}:user/${who}`, from: "203.0.113.7", with: "aws-cli/2" },
  about: [],
  ...more,
});

export function observationFor(subject: string, more: Partial<Observation> = {}): Observation {
  return {
    schema: 1,
    subject,
    account: subject.slice(0, 12),
    observedAt: "2026-11-02T09:00:00.000Z",
    version: 1,
    causes: [],
    causesOmitted: 0,
    decided: {},
    ...more,
  };
}

export function findingFor(subject: string, id: string, more: Partial<Finding> = {}): Finding {
  return {
    schema: 1,
    id,
    subject,
    account: subject.slice(0, 12),
    state: "open",
    digest: "d",
    sequence: 1,
    openedAt: "2026-11-02T09:00:00.000Z",
    result: excess("a", "open", { id }),
    flips: [],
    named: [],
    ...more,
  };
}

export function alertFor(finding: Finding, more: Partial<Alert> = {}): Alert {
  return {
    schema: "rolecall.alert.v1",
    id: `${finding.id}.${finding.sequence}`,
    finding: finding.id,
    sequence: finding.sequence,
    transition: "opened",
    at: finding.openedAt,
    openedAt: finding.openedAt,
    result: finding.result,
    causes: [],
    causesOmitted: 0,
    ...more,
  };
}

export const pendingFor = (alert: Alert, pendingSince = alert.at): PendingAlert => ({
  schema: 1,
  id: alert.id,
  pendingSince,
  alert,
});
