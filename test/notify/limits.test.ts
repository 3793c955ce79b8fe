import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { severities } from "../../lib/model/severity.ts";
import { type Alert, alertTransitions, type Digest } from "../../lib/notify/alert.ts";
import { choose } from "../../lib/notify/choose.ts";
import { renderChatbot } from "../../lib/notify/render-chatbot.ts";
import { renderEmail } from "../../lib/notify/render-email.ts";
import { renderMachine } from "../../lib/notify/render-machine.ts";
import { renderSlack } from "../../lib/notify/render-slack.ts";
import { defaultNotifySettings } from "../../lib/notify/settings.ts";
import { alertOf, digestOf, hostile, opened } from "./sample-digest.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../lib/notify/digest.schema.json", import.meta.url), "utf8"),
) as object;
const ajv = new Ajv2020({ allErrors: false, strict: false });
ajvFormats.default(ajv);
const valid = ajv.compile(schema);

/** Escapes for a terminal, marks that turn text around, what no screen shows. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u;

/** What every receiver demands of what it is given, whatever is told. */
function holds(digest: Digest): void {
  const { subject, body } = renderEmail(digest);
  expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/u);
  expect(body.length).toBeLessThanOrEqual(48_000);
  expect(body).not.toMatch(unseen);

  const machine = renderMachine(digest);
  expect(Buffer.byteLength(machine)).toBeLessThanOrEqual(160_000);
  expect(valid(JSON.parse(machine)), JSON.stringify(valid.errors)).toBe(true);
  expect(Buffer.byteLength(JSON.stringify({ default: machine, email: body, sms: subject }))).toBeLessThan(
    400_000,
  );

  for (const message of renderSlack(digest)) {
    const own = [...message.blocks, ...message.attachments.flatMap(({ blocks }) => blocks)];
    expect(own.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(message).length).toBeLessThan(12_000);
    expect(message.text.length).toBeLessThanOrEqual(3000);
    const texts = own.flatMap((block) => {
      if (block.type === "divider") return [];
      if (block.type === "context") return block.elements;
      return [block.text, ...("fields" in block ? (block.fields ?? []) : [])];
    });
    for (const { type, text } of texts) {
      expect(text.length).toBeLessThanOrEqual(3000);
      if (type === "plain_text") expect(text.length).toBeLessThanOrEqual(150);
      expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/u);
      expect(text).not.toMatch(unseen);
      // No block of code, and no code, that takes the rest of the message with it.
      expect((text.match(/```/gu) ?? []).length % 2).toBe(0);
      expect((text.replaceAll("```", "").match(/`/gu) ?? []).length % 2).toBe(0);
    }
    for (const block of own)
      if (block.type === "section")
        for (const field of block.fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2000);
  }

  for (const message of renderChatbot(digest)) {
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(40_000);
    expect(message.content.title.length).toBeLessThanOrEqual(1500);
    expect(message.content.description.length).toBeLessThanOrEqual(6000);
    for (const text of [message.content.title, message.content.description, ...message.content.nextSteps]) {
      expect(text).not.toMatch(/<[!@#h/]/u);
      // In a block of code a chat neither mentions nor links.
      const prose = text.split("```").filter((_, index) => index % 2 === 0);
      expect(prose.join("")).not.toMatch(/@(?:here|channel|everyone)\b|https?:\/\//iu);
      expect(text).not.toMatch(unseen);
    }
  }
}

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom(
    "<!channel>",
    "<https://evil.example|click>",
    "*bold* _it_ ~no~ `code",
    "```\nout",
    "@here @channel",
    "\u202etxt.exe\u202c",
    "\u001b[2J\u001b]0;owned\u0007",
    "https://evil.example/?a=b&c=d",
    "&amp;&lt;&gt;",
    "<".repeat(6144),
    "`".repeat(501),
    "ä€😀".repeat(900),
    "",
  ),
);
const alerts: fc.Arbitrary<Alert> = fc
  .record({
    transition: fc.constantFrom(...alertTransitions),
    severity: fc.constantFrom(...severities),
    texts: fc.array(nasty, { minLength: 6, maxLength: 6 }),
    closed: fc.boolean(),
    before: fc.boolean(),
  })
  .map(({ transition, severity, texts: [a = "", b = "", c = "", d = "", e = "", f = ""], closed, before }) =>
    alertOf(transition, {
      result: {
        ...opened,
        severity,
        resource: { ...opened.resource, arn: `arn:aws:iam::210987654321:role/${a}` },
        title: b || "t",
        detail: c || "t",
        consequence: d,
        expected: e,
        actual: { [f]: [a, b, { [c]: d }] },
        differences: [
          {
            direction: "excess",
            latent: false,
            witness: { principal: d, action: e, resource: f, context: { [a]: [b, c] } },
          },
        ],
        remediation: [{ text: f || "t", command: `echo '${a}'` }],
      },
      ...(closed ? { closedAt: "2026-11-22T06:17:05.000Z" } : {}),
      ...(before
        ? { before: { digest: "0", detail: f || "t", severity: "low", verdict: "failed", actual: [e, a] } }
        : {}),
      suppression: { owner: a || "o", reason: b || "r", until: "2027-01-31" },
      causes: [
        {
          event: "e",
          action: d || "iam:X",
          at: e || "x",
          about: [],
          actor: { kind: "user", who: a || "w", via: b || "v", from: c || "f", with: d || "u" },
        },
      ],
    }),
  );

describe("every receiver's limits hold", () => {
  test("whatever anybody calls a role, a tag, a condition or a client", () => {
    fc.assert(
      fc.property(fc.array(alerts, { minLength: 1, maxLength: 4 }), (some) => holds(digestOf(some))),
      { numRuns: 150 },
    );
  });

  test("for names of the greatest length and a policy of 6,144 characters, ten times over", () => {
    const name = "é<&*".repeat(32).slice(0, 128);
    const long = {
      ...hostile,
      resource: { ...opened.resource, arn: `arn:aws:iam::210987654321:role/${"p".repeat(512)}/${name}` },
      actual: { Statement: [{ Effect: "Allow", Action: ["<&>".repeat(2048)], Resource: "*" }] },
      expected: "x".repeat(6144),
      remediation: Array.from({ length: 12 }, (_, n) => ({ text: `step ${n}`, command: "y".repeat(6144) })),
      differences: Array.from({ length: 40 }, () => hostile.differences[0] ?? opened.differences[0]).flatMap(
        (one) => one ?? [],
      ),
    };
    const ten = Array.from({ length: 10 }, (_, n) => alertOf("opened", { id: `a.${n}`, result: long }));
    holds(digestOf(ten));
    expect(renderEmail(digestOf(ten)).body).toContain("did not fit in this message");
  });

  test("where every text is as long as it may be and doubles when it is escaped", () => {
    for (const [long, tail] of [
      ["&".repeat(900), ""],
      ["a_ ".repeat(400), ""],
      ["`x` ".repeat(400), "."],
      ["`ab<c` & ".repeat(200), ""],
    ] as const) {
      const text = `${long}${tail}`;
      const alert = alertOf("changed", {
        result: {
          ...opened,
          detail: text,
          reason: text,
          verdict: "undecided",
          consequence: text,
          actual: [{ Effect: "Allow", Action: Array.from({ length: 40 }, (_, n) => `${n}${text}`) }],
          remediation: [{ text, command: `echo '${"y".repeat(2300)}'` }],
        },
        before: { digest: "0", detail: `${text} `, severity: "low", verdict: "failed", actual: [text] },
        after: { digest: "0", detail: text, severity: "low", verdict: "failed", actual: [text] },
        suppression: { owner: text, reason: text, until: "2027-01-31" },
        causes: Array.from({ length: 4 }, (_, n) => ({
          event: `e${n}`,
          action: text,
          at: "2026-11-22T03:03:41Z",
          about: [],
          actor: { kind: "user" as const, who: text, via: text, from: text, with: text },
        })),
      });
      holds(digestOf([alert]));
      const commands = JSON.stringify(renderSlack(digestOf([alert]))).match(/yyy+[^y]/gu) ?? [];
      expect(commands.filter((command) => command.length !== 2301)).toEqual([]);
    }
  });

  test("for ten thousand findings at once: one digest that counts them all", () => {
    const pending = Array.from({ length: 10_000 }, (_, n) => {
      const resource = { ...opened.resource, arn: `arn:aws:iam::210987654321:role/${"r".repeat(120)}${n}` };
      const alert = alertOf("opened", { id: `a.${n}`, finding: `f${n}`, result: { ...opened, resource } });
      return { schema: 1 as const, id: alert.id, pendingSince: alert.at, alert };
    });
    const started = performance.now();
    const { digests } = choose(
      pending,
      { ...defaultNotifySettings, collectSeconds: 0 },
      "2026-11-22T04:00:00.000Z",
    );
    expect(digests).toHaveLength(1);
    const [only] = digests;
    if (only === undefined) throw new Error("no digest");
    holds(only.digest);
    expect(renderEmail(only.digest).body).toContain("and 9890 more");
    expect(JSON.stringify(renderSlack(only.digest))).toMatch(/and 99\d\d more/u);
    expect(renderChatbot(only.digest).at(-1)?.content.description).toMatch(/and 99\d\d more/u);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
