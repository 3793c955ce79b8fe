import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Result } from "../../lib/model/result.ts";
import type { Alert, Digest } from "../../lib/notify/alert.ts";
import { choose } from "../../lib/notify/choose.ts";
import { renderChatbot } from "../../lib/notify/render-chatbot.ts";
import { renderEmail } from "../../lib/notify/render-email.ts";
import { renderMachine } from "../../lib/notify/render-machine.ts";
import { renderSlack } from "../../lib/notify/render-slack.ts";
import { defaultNotifySettings } from "../../lib/notify/settings.ts";
import { testDigest } from "../../lib/notify/test-digest.ts";
import { at, Life } from "../ledger/life.ts";
import { causeBy, pendingFor } from "../ledger/samples.ts";
import { slackPage } from "../support/slack-page.ts";
import { exampleResults } from "./example-results.ts";

const golden = (name: string) => new URL(`../golden/notify/${name}`, import.meta.url).pathname;

const hour = 3600;
const day = 24 * hour;
const { opened, changed, passed, missing, undecided, untagged } = await exampleResults();
const mark = { owner: "platform-team@example.com", reason: "migration, OPS-812", until: "2026-11-30" };

const life = new Life();
const told: Alert[] = [];
const see = (seconds: number, result: Result, who?: string, more: object = {}): void => {
  const causes = who === undefined ? [] : [causeBy(who, at(seconds - 40), { about: [] })];
  told.push(...life.pass(seconds, [result], { causes, ...more }).alerts);
};
// One finding's life, as the ledger tells it.
see(0, opened, "mallory");
see(hour, changed, "mallory");
see(2 * hour, passed, "alice");
see(2 * hour + 200, passed);
see(3 * hour, opened, "deploy-script");
see(3 * hour + 600, passed, "deploy-script");
see(3 * hour + 900, passed);
see(3 * hour + 1000, opened);
see(4 * hour, opened);
see(8 * day, opened, undefined, { remind: true });
see(9 * day, { ...opened, suppression: mark });
see(23 * day, { ...opened, suppression: mark });
see(30 * day, opened);
told.push(...life.pass(31 * day, [], { stillAsked: () => false }).alerts);

// Found by a schedule with nobody named; a minute later the event comes.
const late = new Life();
for (const [seconds, result, causes] of [
  [0, passed, []],
  [hour, opened, []],
  [hour + 60, opened, [causeBy("mallory", at(hour - 40), { about: ["ecsInstanceRole"] })]],
] as const)
  late.pass(seconds, [result], { causes });

function digestOf(alerts: readonly Alert[], time: string): Digest {
  const pending = alerts.map((alert) => pendingFor(alert));
  const [chosen] = choose(pending, { ...defaultNotifySettings, collectSeconds: 0 }, time).digests;
  if (chosen === undefined) throw new Error("nothing is told");
  return chosen.digest;
}

/** What a first look finds. */
const first = (results: readonly Result[]): readonly Alert[] =>
  new Life().pass(0, results, { remind: true, first: true }).alerts;

const each = told.map((alert) => digestOf([alert], alert.at));
const explained = digestOf([late.last], late.last.at);
const audit = digestOf(first([opened, missing, undecided, untagged]), at(60));
const copies = Array.from({ length: 100 }, (_, n): Result => {
  const renamed = JSON.stringify(missing).replaceAll("ecsInstanceRole", `ecsInstanceRole-${n}`);
  return { ...(JSON.parse(renamed) as Result), id: `rc-${String(n).padStart(32, "0")}` };
});
const hundred = digestOf(first(copies), at(60));
const drill = testDigest({
  account: "210987654321",
  partition: "aws",
  region: "us-east-1",
  now: at(0),
  request: "r1",
});

test("one finding's life has every transition in it", () => {
  expect(told.map(({ transition: what }) => what)).toEqual([
    "opened",
    "changed",
    "resolved",
    "opened",
    "flapping",
    "opened",
    "reminder",
    "suppressed",
    "suppression-expiring",
    "suppression-ended",
    "no-longer-watched",
  ]);
});

const rule = (title: string) => `${"#".repeat(20)} ${title}\n`;
const mail = (title: string, digest: Digest): string => {
  const { subject, body } = renderEmail(digest);
  return `${rule(title)}Subject: ${subject}\n\n${body}\n`;
};

test("e-mails read as their golden file", async () => {
  const mails = [
    ...each.map((digest) => mail(digest.alerts[0]?.transition ?? "", digest)),
    mail("changed: only the maker is new", explained),
    mail("a first audit", audit),
    mail("a test", drill),
  ];
  await expect(mails.join("\n")).toMatchFileSnapshot(golden("email.txt"));
});

test("a hundred findings are an e-mail of their own, as in the golden file", async () => {
  await expect(mail("a hundred", hundred)).toMatchFileSnapshot(golden("email-hundred.txt"));
});

test("Slack's messages look as their golden page: open it in a browser", async () => {
  const messages = [...[...each, explained, audit].flatMap(renderSlack), ...renderSlack(hundred).slice(-1)];
  await expect(slackPage(messages)).toMatchFileSnapshot(golden("slack.html"));
});

test("Slack is given what its golden file says", async () => {
  await expect(
    `${JSON.stringify([...each.slice(0, 3), explained].flatMap(renderSlack), null, 2)}\n`,
  ).toMatchFileSnapshot(golden("slack.json"));
});

test("Amazon Q Developer is given what its golden file says", async () => {
  const messages = [
    ...[...each.slice(0, 3), explained].flatMap(renderChatbot),
    ...renderChatbot(hundred).slice(-1),
  ];
  await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(golden("chatbot.json"));
});

test("machines are given what their golden file says", async () => {
  const digests = [...each.slice(0, 3), explained, audit].map((digest): unknown =>
    JSON.parse(renderMachine(digest)),
  );
  await expect(`${JSON.stringify(digests, null, 2)}\n`).toMatchFileSnapshot(golden("machine.json"));
});

test("the page on alerts shows what is sent", () => {
  const page = readFileSync(new URL("../../docs/alerts.md", import.meta.url), "utf8");
  const [first] = each;
  if (first === undefined) throw new Error("nothing is told");
  const { subject, body } = renderEmail(first);
  expect(page).toContain(`Subject: ${subject}\n\n${body}`);
  const [message] = renderSlack(first);
  const blocks = [...(message?.blocks ?? []), ...(message?.attachments[0]?.blocks ?? [])];
  const texts = blocks.flatMap((block) => {
    if (block.type === "divider") return [];
    if (block.type === "context") return block.elements;
    return [block.text, ...("fields" in block ? (block.fields ?? []) : [])];
  });
  expect(page).toContain(texts.map(({ text }) => text).join("\n"));
  expect(page).toContain(JSON.stringify(renderChatbot(first)[0], null, 2));
});
