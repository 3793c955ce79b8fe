import { evidenceDigest, findingId } from "../model/finding-id.ts";
import type { Result } from "../model/result.ts";
import { severities } from "../model/severity.ts";
import { type Alert, alertTransitions, type Digest } from "./alert.ts";
import { countsOf } from "./count.ts";

/** Whose alerts are tested, when, and who asked. */
export interface TestRequest {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** Makes this test another than the last. */
  readonly request: string;
}

/**
 * One alert of each kind in one digest that says it is a test: what every route would show. It enters no
 * ledger, and the role it names does not exist.
 */
export function testDigest({ account, partition, region, now, request }: TestRequest): Digest {
  const arn = `arn:${partition}:iam::${account}:role/rolecall-test`;
  const id = findingId(account, "rolecall", "test-alert", arn);
  const result: Result = {
    id,
    digest: evidenceDigest(request),
    control: "test-alert",
    platform: "rolecall",
    baseline: "rolecall/self@1",
    resource: { arn, type: "role", account, region: "global" },
    verdict: "failed",
    severity: "info",
    title: "This is a test: nothing happened",
    detail: "Somebody asked whether alerts arrive. There is no such role.",
    expected: "what the baseline says would stand here",
    actual: "what was seen would stand here",
    differences: [],
    consequence: "what stops working, or becomes possible, would stand here",
    remediation: [{ text: "The commands that put it back would stand here." }],
  };
  const alerts = alertTransitions.map(
    (transition, index): Alert => ({
      schema: "rolecall.alert.v1",
      id: `${id}.test-${request}-${index}`,
      finding: id,
      sequence: index,
      transition,
      at: now,
      openedAt: now,
      ...(transition === "resolved" || transition === "no-longer-watched" ? { closedAt: now } : {}),
      result,
      causes: [],
      causesOmitted: 0,
      ...(transition.startsWith("suppress")
        ? { suppression: { owner: "somebody@example.com", reason: "a test", until: now.slice(0, 10) } }
        : {}),
      ...(transition === "flapping" ? { flips: 4 } : {}),
    }),
  );
  return {
    schema: "rolecall.digest.v1",
    id: `rd-test-${request}`,
    kind: "test",
    at: now,
    account,
    alerts,
    rest: [],
    counts: countsOf(
      alerts.map(({ transition }) => ({ severity: "info", transition, platform: "rolecall" })),
    ),
    attributes: {
      severity: "info",
      // Whoever filters for the worst only, or for IAM only, has to get it too.
      severities: severities.toReversed(),
      account,
      platforms: ["rolecall"],
      regions: ["global", region],
      transitions: alertTransitions,
    },
    where: "This was a test of the routes.",
  };
}
