import { describe, expect, test } from "vitest";
import { severities } from "../../lib/model/severity.ts";
import { alertTransitions } from "../../lib/notify/alert.ts";
import type { SlackPorts } from "../../lib/notify/post-slack.ts";
import { readDigests } from "../../lib/notify/read-digests.ts";
import { renderChatbot } from "../../lib/notify/render-chatbot.ts";
import { renderEmail } from "../../lib/notify/render-email.ts";
import { renderSlack } from "../../lib/notify/render-slack.ts";
import { tellSlack } from "../../lib/notify/tell-slack.ts";
import { testDigest } from "../../lib/notify/test-digest.ts";
import { alertOf, digestOf } from "./sample-digest.ts";

const digest = digestOf([alertOf("opened")]);
const ports = (status: (url: string) => number, posted: string[]): SlackPorts => ({
  fetch: async (url) => {
    posted.push(url);
    return { status: status(url), headers: { get: () => null }, text: async () => "" };
  },
  sleep: async () => {},
  random: () => 0,
  left: () => 60_000,
});

describe("what a function on the topic is given", () => {
  test("may be an SNS event or the bare digest", () => {
    expect(readDigests({ Records: [{ Sns: { Message: JSON.stringify(digest) } }] })).toEqual([digest]);
    expect(readDigests(digest)).toEqual([digest]);
  });
  test.each([
    [{ Records: [{ Sns: { Message: "{" } }] }],
    [{ Records: [{}] }],
    [{ schema: "rolecall.digest.v2", alerts: [] }],
    [null],
  ])("is refused when it is %j: an alert that is not understood must not end in silence", (input) => {
    expect(() => readDigests(input)).toThrow(TypeError);
  });
});

describe("Slack's routes", () => {
  test("are told each for itself: a revoked one does not keep the others from theirs", async () => {
    const posted: string[] = [];
    const routes = [{ url: "https://a" }, { url: "https://b" }, { url: "https://c", platforms: ["ecs"] }];
    const outcome = await tellSlack(
      digest,
      routes,
      ports((url) => (url === "https://a" ? 404 : 200), posted),
    );
    expect(outcome).toEqual({ posted: 1, failed: ["route 1: Slack answered 404"] });
    expect(posted).toEqual(["https://a", "https://b"]);
  });
});

describe("a test of the routes", () => {
  const request = {
    account: "210987654321",
    partition: "aws",
    region: "us-east-1",
    now: "2026-11-22T03:05:00.000Z",
    request: "r1",
  };
  const sample = testDigest(request);
  test("shows an alert of each kind", () => {
    expect(sample.alerts.map(({ transition }) => transition)).toEqual(alertTransitions);
    expect(sample.counts.total).toBe(alertTransitions.length);
  });
  test("says that it is a test before all else", () => {
    const { subject, body } = renderEmail(sample);
    expect(subject).toMatch(/^TEST: /);
    expect(body).toMatch(/^TEST: /);
    for (const { text } of renderSlack(sample)) expect(text).toMatch(/^TEST: /);
    expect(
      renderChatbot(digestOf([sample.alerts[0] ?? alertOf("opened")]))[0]?.content.description,
    ).toContain("Somebody asked whether alerts arrive");
  });
  test("reaches every route of Slack and every filter for a severity, whatever they take of other alerts", async () => {
    const posted: string[] = [];
    const routes = [
      { url: "https://a", atLeast: "critical" as const },
      { url: "https://b", platforms: ["ecs"] },
    ];
    await tellSlack(
      sample,
      routes,
      ports(() => 200, posted),
    );
    expect(new Set(posted)).toEqual(new Set(["https://a", "https://b"]));
    expect(new Set(sample.attributes.severities)).toEqual(new Set(severities));
    expect(sample.attributes.regions).toContain("global");
  });
  test("is another message each time", () => {
    expect(testDigest({ ...request, request: "r2" }).id).not.toBe(sample.id);
  });
});
