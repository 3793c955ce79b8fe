import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { judgeSelf, selfControls } from "../../../lib/controls/self/judge-self.ts";
import type { PartFacts, SelfFacts, TrailFacts } from "../../../lib/controls/self/model.ts";
import { partKinds } from "../../../lib/controls/self/model.ts";
import { absent, denied, found } from "../../../lib/model/seen.ts";

const now = new Date("2026-11-22T12:00:00Z");
const trail: TrailFacts = {
  arn: "arn:aws:cloudtrail:us-east-1:210987654321:trail/main",
  home: "us-east-1",
  multiRegion: true,
  global: true,
  logging: found(true),
  managementWrites: found(true),
};
const policy = (action: string) => ({
  kind: "resource" as const,
  documents: [
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: action,
          Resource: "arn:aws:sqs:us-east-1:210987654321:changes",
        },
      ],
    },
  ],
});
const part = (kind: PartFacts["kind"], over: Partial<PartFacts> = {}): PartFacts => ({
  kind,
  name: `The${kind}`,
  arn: `arn:aws:x:us-east-1:210987654321:${kind}`,
  expected: { settings: { state: "ENABLED" }, policies: { policy: policy("sqs:SendMessage") } },
  actual: found({ settings: { state: "ENABLED" }, policies: { policy: policy("SQS:sendmessage") } }),
  ...over,
});
const well: SelfFacts = {
  identity: { account: "210987654321", partition: "aws" },
  region: "us-east-1",
  at: "2026-11-22T11:59:50.000Z",
  stack: "rolecall-dev",
  parts: { items: partKinds.map((kind) => part(kind)) },
  trails: { items: [trail] },
  subscriptions: {
    items: [
      {
        protocol: "email",
        endpoint: "o…@example.com",
        topic: "arn:aws:sns:us-east-1:210987654321:alerts",
        confirmed: true,
      },
    ],
  },
  deadLetters: [{ arn: "arn:aws:sqs:us-east-1:210987654321:changes-dlq", waiting: found(0), fed: true }],
  oldestPending: absent,
  lastAudit: found("2026-11-22T05:00:00.000Z"),
};
const verdicts = (facts: SelfFacts) =>
  judgeSelf(facts, now)
    .filter((result) => result.verdict !== "passed")
    .map((result) => `${result.control} ${result.verdict}`);
const gap = denied("cloudtrail:DescribeTrails", "access denied");

test("a checker that is as deployed passes every control on itself", () => {
  expect(verdicts(well)).toEqual([]);
  expect(new Set(judgeSelf(well, now).map((result) => result.control))).toEqual(
    new Set(selfControls.map((control) => control.id)),
  );
});

describe.each<[string, Partial<SelfFacts>, string[]]>([
  ["no trail at all", { trails: { items: [] } }, ["self-trail failed"]],
  [
    "a trail whose logging was stopped",
    { trails: { items: [{ ...trail, logging: found(false) }] } },
    ["self-trail failed"],
  ],
  [
    "a trail that leaves management writes out",
    { trails: { items: [{ ...trail, managementWrites: found(false) }] } },
    ["self-trail failed"],
  ],
  ["a trail of one region", { trails: { items: [{ ...trail, multiRegion: false }] } }, ["self-trail failed"]],
  ["trails that cannot be listed", { trails: { items: [], gap } }, ["self-trail unavailable"]],
  [
    "a trail whose state cannot be seen",
    { trails: { items: [{ ...trail, logging: gap }] } },
    ["self-trail unavailable"],
  ],
  [
    "a disabled rule",
    {
      parts: {
        items: [
          part("rule", {
            actual: found({
              settings: { state: "DISABLED" },
              policies: { policy: policy("sqs:SendMessage") },
            }),
          }),
        ],
      },
    },
    ["self-rule failed"],
  ],
  ["a deleted topic", { parts: { items: [part("topic", { actual: absent })] } }, ["self-topic failed"]],
  [
    "a queue that strangers may read",
    {
      parts: { items: [part("queue", { actual: found({ settings: { state: "ENABLED" }, policies: {} }) })] },
    },
    ["self-queue failed"],
  ],
  [
    "a role that cannot be seen",
    { parts: { items: [part("role", { actual: gap })] } },
    ["self-role unavailable"],
  ],
  ["nobody subscribed", { subscriptions: { items: [] } }, ["self-subscription failed"]],
  [
    "an address that nobody confirmed",
    {
      subscriptions: {
        items: [{ protocol: "email", endpoint: "o…@example.com", topic: "t", confirmed: false }],
      },
    },
    ["self-subscription failed"],
  ],
  [
    "a dead letter",
    { deadLetters: [{ arn: "arn:aws:sqs:us-east-1:1:dlq", waiting: found(3), fed: true }] },
    ["self-dead-letters failed"],
  ],
  [
    "an alert that waits for an hour",
    { oldestPending: found("2026-11-22T11:00:00.000Z") },
    ["self-ledger-lag failed"],
  ],
  ["an audit three days ago", { lastAudit: found("2026-11-19T05:00:00.000Z") }, ["self-audit-age failed"]],
  ["an account not audited yet", { lastAudit: absent }, ["self-audit-age not-applicable"]],
])("%s", (_name, change, expected) => {
  test(`comes out as ${expected.join()}`, () => {
    const facts = { ...well, ...change };
    expect(verdicts(facts)).toEqual(expected);
    for (const result of judgeSelf(facts, now)) {
      if (result.verdict !== "failed") continue;
      expect(result.consequence).toBeDefined();
      expect(result.remediation.length).toBeGreaterThan(0);
    }
  });
});

test("the configuration's severities hold for Rolecall itself, and for nothing that only looks like a control", () => {
  const facts = { ...well, trails: { items: [] }, subscriptions: { items: [] } };
  const severities = judgeSelf(facts, now, { "self-trail": "low" });
  const of = (control: string) => severities.find((result) => result.control === control)?.severity;
  expect([of("self-trail"), of("self-subscription")]).toEqual(["low", "critical"]);
});

test("a second healthy trail makes up for a stopped one", () => {
  expect(verdicts({ ...well, trails: { items: [{ ...trail, logging: found(false) }, trail], gap } })).toEqual(
    [],
  );
});

test("a queue policy whose meaning changed fails or is undecided, never passes", () => {
  const opened = part("queue", {
    actual: found({ settings: { state: "ENABLED" }, policies: { policy: policy("sqs:*") } }),
  });
  const results = judgeSelf({ ...well, parts: { items: [opened] } }, now).filter(
    (result) => result.control === "self-queue",
  );
  expect(results.map((result) => result.verdict)).not.toContain("passed");
});

test("how many letters are dead does not make it another finding", () => {
  const of = (count: number) =>
    judgeSelf(
      { ...well, deadLetters: [{ arn: "arn:aws:sqs:us-east-1:1:dlq", waiting: found(count), fed: true }] },
      now,
    ).find((r) => r.control === "self-dead-letters")?.digest;
  expect(of(1)).toBe(of(7));
});

test("every command can be pasted, whatever a part is called", () => {
  const evil = "it's \u202e$(boom)";
  const one = { topic: evil, protocol: evil, endpoint: "a", confirmed: false };
  const sick: SelfFacts = {
    ...well,
    stack: evil,
    region: evil,
    trails: { items: [{ ...trail, arn: evil, home: evil, logging: found(false) }] },
    parts: { items: [part("queue", { actual: absent })] },
    subscriptions: {
      items: [
        { ...one, filtered: true },
        { ...one, gone: true, endpoint: "b" },
      ],
    },
    deadLetters: [true, false].map((fed) => ({ arn: `arn:${evil}${fed}`, waiting: found(1), fed })),
  };
  const commands = judgeSelf(sick, now).flatMap(({ remediation }) =>
    remediation.flatMap(({ command }) => command ?? []),
  );
  expect(commands.length).toBeGreaterThan(8);
  for (const command of commands) {
    expect(spawnSync("sh", ["-n", "-c", command]).stderr.toString()).toBe("");
    // Nothing that a terminal obeys.
    expect(command).not.toMatch(/\p{Cf}/u);
  }
});

test("what no queue fed is not sent back: its remedy asks for the work again", () => {
  const step = (fed: boolean) =>
    judgeSelf(
      { ...well, deadLetters: [{ arn: "arn:aws:sqs:us-east-1:1:dead", waiting: found(1), fed }] },
      now,
    ).find((r) => r.control === "self-dead-letters")?.remediation[0];
  expect(step(true)?.command).toContain("start-message-move-task");
  expect(step(false)?.command).toContain("purge-queue");
  expect(step(false)?.text).toContain("invoke -f onSchedule");
});
