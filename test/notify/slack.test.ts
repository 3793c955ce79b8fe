import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chatText } from "../../lib/notify/chat-text.ts";
import { postSlack, SlackError, type SlackPorts } from "../../lib/notify/post-slack.ts";
import { renderSlack } from "../../lib/notify/render-slack.ts";
import { readSlackRoutes, routed } from "../../lib/notify/slack-routes.ts";
import { alertOf, digestOf, opened } from "./sample-digest.ts";

describe("the secret that says where Slack's alerts go", () => {
  test("may be a webhook's URL alone", () => {
    expect(readSlackRoutes(" https://hooks.slack.com/services/T/B/x\n")).toEqual({
      ok: true,
      routes: [{ url: "https://hooks.slack.com/services/T/B/x" }],
    });
  });
  test.each([
    ["http://hooks.slack.com/services/T/B/secret"],
    ["https://evil.example/services/T/B/secret"],
    ["https://hooks.slack.com.evil.example/secret"],
    ['[{"url":"https://hooks.slack.com/secret","atleast":"high"}]'],
    ['[{"url":"https://hooks.slack.com/secret","atLeast":"urgent"}]'],
    ['[{"url":"https://hooks.slack.com/secret","platforms":"rancher"}]'],
    ["[secret"],
    ["[]"],
    [""],
  ])("is refused when it is %j, without a word of it in the error", (secret) => {
    const read = readSlackRoutes(secret);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error).not.toMatch(/evil|services|urgent/);
  });
});

describe("a route", () => {
  const low = alertOf("opened", { result: { ...opened, severity: "low", platform: "rancher" } });
  const digest = digestOf([alertOf("opened"), low]);
  test("by severity takes what is bad enough, and counts only that", () => {
    const taken = routed(digest, { url: "u", atLeast: "high" });
    expect(taken?.alerts.map(({ result }) => result.severity)).toEqual(["critical"]);
    expect(taken?.counts.total).toBe(1);
  });
  test("by platform takes its platform's alerts", () => {
    expect(routed(digest, { url: "u", platforms: ["rancher"] })?.alerts).toEqual([low]);
  });
  test("counts what the digest only counts", () => {
    const counts = {
      total: 1000,
      bySeverity: { info: 0, low: 900, medium: 0, high: 0, critical: 100 },
      byTransition: { opened: 1000 },
      byPlatform: { rancher: { low: 900 }, "docker-cloud": { critical: 100 } },
    };
    const taken = routed({ ...digest, counts }, { url: "u", platforms: ["rancher"] })?.counts;
    expect(taken).toMatchObject({ total: 900, bySeverity: { low: 900, critical: 0 } });
  });
  test("that fits nothing takes nothing", () => {
    expect(routed(digest, { url: "u", platforms: ["ecs"] })).toBeUndefined();
  });
});

test("of many steps three are shown, and how many more there are", () => {
  const remediation = Array.from({ length: 5 }, (_, n) => ({ text: `Step ${n}.` }));
  const [message] = renderSlack(digestOf([alertOf("opened", { result: { ...opened, remediation } })]));
  const text = JSON.stringify(message);
  expect(text).toContain("Step 2.");
  expect(text).not.toContain("Step 3.");
  expect(text).toContain("and 2 more steps: the audit's report has them");
});

test.each([
  ["role `a", "role ˋa"],
  ["`my_role` and ec2:*", "`my_role` and `ec2:*`"],
])("%j stands in a chat's text as %j: no mark takes the rest of the message for code", (text, shown) => {
  expect(chatText(text, 100)).toBe(shown);
});

test("a header that is cut leaves the detail below it", () => {
  const detail = `dockercloud-role ${"a&b ".repeat(30)}end`;
  const [message] = renderSlack(digestOf([alertOf("opened", { result: { ...opened, detail } })]));
  expect(JSON.stringify(message?.attachments[0]?.blocks[1])).toContain("end");
});

describe("posting to Slack", () => {
  let server: Server;
  let url: string;
  let answers: { status: number; headers?: Record<string, string>; body?: string }[];
  let received: string[];
  let slept: number[];
  const message = { text: "hello", blocks: [], attachments: [] };
  const ports = (left = 60_000): SlackPorts => ({
    fetch: (to, init) => fetch(to, init),
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
    random: () => 0.5,
    left: () => left,
  });

  beforeEach(async () => {
    [answers, received, slept] = [[], [], []];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        received.push(body);
        const answer = answers.shift() ?? { status: 200 };
        response.writeHead(answer.status, answer.headers).end(answer.body ?? "ok");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T/B/secret`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("sends the message once when it is taken", async () => {
    await postSlack(url, message, ports());
    expect(received).toEqual([JSON.stringify(message)]);
  });
  test("waits as long as a 429 asks, then tries again", async () => {
    answers = [{ status: 429, headers: { "retry-after": "7" } }];
    await postSlack(url, message, ports());
    expect(slept).toEqual([7000]);
    expect(received).toHaveLength(2);
  });
  test("gives up rather than outlive the time that is left", async () => {
    answers = [{ status: 429, headers: { "retry-after": "7000" } }];
    await expect(postSlack(url, message, ports())).rejects.toMatchObject({ permanent: false });
    expect(received).toHaveLength(1);
  });
  test("tries again after a server's error, with growing pauses", async () => {
    answers = [{ status: 500 }, { status: 408 }];
    await postSlack(url, message, ports());
    expect(slept).toEqual([500, 1000]);
  });
  test.each([403, 404, 410, 400])(
    "takes %d as final: a revoked webhook does not come back",
    async (status) => {
      answers = [{ status, body: "no_service" }];
      const error = await postSlack(url, message, ports()).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(SlackError);
      expect(error).toMatchObject({ permanent: true });
      expect(String(error)).toContain("no_service");
      expect(received).toHaveLength(1);
    },
  );
  test("does not name the address in its errors, not even when nobody answers", async () => {
    await new Promise((resolve) => server.close(resolve));
    const error = await postSlack(url, message, ports()).catch((caught: unknown) => caught);
    expect(String(error)).not.toMatch(/secret|127\.0\.0\.1/);
    expect((error as Error).cause).toBeUndefined();
  });
  test("does not follow a redirect", async () => {
    answers = Array.from({ length: 5 }, () => ({
      status: 302,
      headers: { location: "http://127.0.0.1:9/" },
    }));
    await expect(postSlack(url, message, ports())).rejects.toBeInstanceOf(SlackError);
  });
});
