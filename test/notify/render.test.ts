import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Alert } from "../../lib/notify/alert.ts";
import { alertTransitions } from "../../lib/notify/alert.ts";
import { type ChatbotMessage, renderChatbot } from "../../lib/notify/render-chatbot.ts";
import { renderEmail } from "../../lib/notify/render-email.ts";
import { renderMachine } from "../../lib/notify/render-machine.ts";
import { renderSlack, type SlackMessage } from "../../lib/notify/render-slack.ts";
import { lasted } from "../../lib/notify/words.ts";
import { alertOf, digestOf, hostile, opened } from "./sample-digest.ts";

const resolved = alertOf("resolved", { closedAt: "2026-11-22T06:17:05.000Z" });
const many = digestOf(
  Array.from({ length: 10 }, (_, n) => alertOf("opened", { id: `a.${n}` })),
  {
    rest: Array.from({ length: 90 }, (_, n) => ({
      id: `b.${n}`,
      finding: opened.id,
      transition: "opened" as const,
      severity: "low" as const,
      platform: "rancher",
      title: "The role may do all that the platform's document asks for",
      says: `LOW: role-${n}: The role may do less than it should`,
      resource: `arn:aws:iam::210987654321:role/role-${n}`,
    })),
    counts: {
      total: 100,
      bySeverity: { info: 0, low: 90, medium: 0, high: 0, critical: 10 },
      byTransition: { opened: 100 },
      byPlatform: { "docker-cloud": { critical: 10 }, rancher: { low: 90 } },
    },
  },
);

describe("an e-mail", () => {
  test("starts with the line that a lock screen shows", () => {
    const { body } = renderEmail(digestOf([alertOf("opened")]));
    expect(body.split("\n")[0]).toBe(
      "CRITICAL: dockercloud-role: arn:aws:iam::999999999999:root may now assume the role",
    );
  });
  test("has an ASCII subject of one line and at most 99 characters, whatever a role is called", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.integer({ min: 1, max: 5 }),
        (detail, count) => {
          const alert = alertOf("opened", { result: { ...opened, detail } });
          const { subject } = renderEmail(digestOf(Array.from({ length: count }, () => alert)));
          expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
        },
      ),
    );
  });
  test("says plainly that the actor is unknown", () => {
    expect(renderEmail(digestOf([alertOf("opened", { causes: [] })])).body).toContain(
      "Who: unknown (no recorded call explains it)",
    );
  });
  test("names the latest calls, and counts the earlier ones, those left out before among them", () => {
    const [cause] = alertOf("opened").causes;
    if (cause === undefined) throw new Error("no cause");
    const causes = [1, 2, 3, 4, 5, 6].map((n) => ({ ...cause, event: `e${n}`, action: `iam:Call${n}` }));
    const { body } = renderEmail(digestOf([alertOf("opened", { causes, causesOmitted: 10 })]));
    expect(body.match(/iam:Call\d/g)).toEqual(["iam:Call3", "iam:Call4", "iam:Call5", "iam:Call6"]);
    expect(body).toContain("and 12 earlier calls");
  });
  test("blames nobody in the account for what AWS did to its own policy", () => {
    const { body } = renderEmail(
      digestOf([alertOf("opened", { causes: [], result: { ...opened, control: "managed-policy" } })]),
    );
    expect(body).toContain("Who: AWS, whose policy it is; nobody in this account");
  });
  test("shows five differences of each direction, and counts the others", () => {
    const [one] = opened.differences;
    if (one === undefined) throw new Error("no difference");
    const { body } = renderEmail(
      digestOf([
        alertOf("opened", { result: { ...opened, differences: Array.from({ length: 8 }, () => one) } }),
      ]),
    );
    expect(body.match(/ calling sts:AssumeRole on the role/g)).toHaveLength(5);
    expect(body).toContain("- and 3 more");
  });
  test("tells a hundred findings in one message that fits beside the others", () => {
    const { body, subject } = renderEmail(many);
    expect(body.length).toBeLessThan(60_000);
    expect(subject).toContain("(+99 more)");
    expect(body).toContain("role-89");
  });
});

const allText = (messages: readonly SlackMessage[]) => JSON.stringify(messages);
describe("Slack messages", () => {
  test("stay within Slack's limits", () => {
    const huge = {
      ...opened,
      detail: "<&>".repeat(5000),
      expected: "<&>".repeat(9000),
      actual: "`".repeat(9000),
    };
    for (const digest of [
      many,
      digestOf([
        alertOf("changed", {
          result: huge,
          before: { digest: "", detail: "<".repeat(9000), severity: "low", verdict: "failed", actual: "" },
        }),
      ]),
      digestOf([alertOf("opened", { result: hostile })]),
    ]) {
      const messages = renderSlack(digest);
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) {
        expect(JSON.stringify(message).length).toBeLessThan(14_000);
        const blocks = message.attachments.flatMap((attachment) => attachment.blocks);
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const block of blocks) {
          if (block.type === "header") expect(block.text.text.length).toBeLessThanOrEqual(150);
          if (block.type !== "section") continue;
          expect([...block.text.text].length).toBeLessThanOrEqual(3000);
          expect((block.text.text.match(/```/g) ?? []).length % 2).toBe(0);
          for (const one of block.fields ?? []) expect([...one.text].length).toBeLessThanOrEqual(2000);
        }
      }
    }
  });
  test("cannot be made to mention or link by what a role is called", () => {
    const text = allText(renderSlack(digestOf([alertOf("opened", { result: hostile })])));
    expect(text).not.toMatch(/<[!@#h]/);
    expect(text).not.toContain("\\u001b");
  });
});

const chat = (alert: Alert): ChatbotMessage => {
  const [message] = renderChatbot(digestOf([alert]));
  if (message === undefined) throw new Error("nothing was told");
  return message;
};
describe("Amazon Q Developer", () => {
  test("keeps all that is told of a finding in one thread", () => {
    expect(chat(alertOf("opened")).metadata.threadId).toBe(chat(resolved).metadata.threadId);
  });
  test("says where the rest is when it shows a part of the steps, or of what was seen", () => {
    const steps = Array.from({ length: 7 }, (_, n) => ({ text: `Step ${n}.` }));
    const short = chat(alertOf("opened", { result: { ...opened, remediation: steps } })).content;
    expect(short.nextSteps.slice(-2)).toEqual(["Step 4.", "and 2 more: the audit's report has them"]);
    expect(short.description).not.toContain("fits here");
    const consequence = "<".repeat(500);
    const long = { ...opened, detail: "<".repeat(800), consequence, actual: "<".repeat(800) };
    const { description } = chat(alertOf("opened", { result: long })).content;
    expect(description).toMatch(/Not all of it fits here: the audit's report has it whole\.$/);
  });
  test("shows hostile names as text", () => {
    const { content } = chat(alertOf("opened", { result: hostile }));
    expect(content.description).not.toMatch(/(?<!\\)<|(?<!\\)\[x\]/);
    expect(content.nextSteps[0]).not.toContain("Key=");
  });
});

describe("machines", () => {
  test("get the digest itself", () => {
    const digest = digestOf([alertOf("opened")]);
    expect(JSON.parse(renderMachine(digest))).toEqual(digest);
  });
  test("get a digest that fits, every alert still counted, when its evidence is huge", () => {
    for (const [field, alerts] of [
      ["actual", 10],
      ["consequence", 1],
    ] as const) {
      const huge = alertOf("opened", { result: { ...opened, [field]: "ä".repeat(60_000) } });
      const text = renderMachine(digestOf(Array.from({ length: 10 }, () => huge)));
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(160_000);
      const told = JSON.parse(text) as { alerts: unknown[]; rest: unknown[]; counts: { total: number } };
      expect([told.alerts.length, told.alerts.length + told.rest.length]).toEqual([
        alerts,
        told.counts.total,
      ]);
    }
  });
});

test("every transition has words of its own everywhere", () => {
  const suppression = { owner: "platform@example.com", reason: "migration", until: "2027-01-31" };
  const leads = new Set<string>();
  for (const transition of alertTransitions) {
    const alert: Alert = alertOf(transition, {
      suppression,
      flips: 5,
      ...(transition === "resolved" ? { closedAt: "2026-11-22T06:17:05.000Z" } : {}),
    });
    leads.add(renderEmail(digestOf([alert])).body.split("\n")[0] ?? "");
    expect(renderSlack(digestOf([alert]))).toHaveLength(1);
  }
  expect(leads.size).toBe(alertTransitions.length);
});

test("a maker who became known late is told as that, and nothing reads as if the content had changed", () => {
  const late = alertOf("changed", { explains: `${opened.id}.2` });
  const digest = digestOf([late, alertOf("opened")]);
  const { subject, body } = renderEmail(digest);
  expect(subject).toContain("CRITICAL, now known who: ");
  expect(body).toContain("2 critical (1 opened, 1 now known who)");
  const slack = allText(renderSlack(digestOf([late])));
  const { content, metadata } = chat(late);
  expect(metadata.additionalContext["state"]).toBe("as told, now known who");
  for (const text of [body, slack, content.title + content.description]) {
    expect(text).toContain("now known who");
    expect(text).toContain("user/eve");
    expect(text).not.toMatch(/changed|Since the last message/u);
  }
});

test("a command that a message would alter is left to the report", () => {
  expect(renderEmail(digestOf([alertOf("opened", { result: hostile })])).body).not.toContain(
    "aws iam tag-role",
  );
});

test("how long a finding was open is said in its two greatest units", () => {
  expect(lasted("2026-01-01T00:00:00Z", "2026-01-03T05:59:00Z")).toBe("2 d 5 h");
  expect(lasted("2026-01-01T00:00:00Z", "2026-01-01T00:00:40Z")).toBe("40 s");
});
