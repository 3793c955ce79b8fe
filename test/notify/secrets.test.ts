import { expect, test } from "vitest";
import { readActor } from "../../lib/change/actor.ts";
import { withoutSecrets } from "../../lib/model/redact.ts";
import { renderChatbot } from "../../lib/notify/render-chatbot.ts";
import { renderEmail } from "../../lib/notify/render-email.ts";
import { renderMachine } from "../../lib/notify/render-machine.ts";
import { renderSlack } from "../../lib/notify/render-slack.ts";
import { alertOf, digestOf, opened } from "./sample-digest.ts";

// Put together here, so that no scanner takes this file for a leak.
const hidden = (...parts: readonly string[]): string => parts.join("");
const planted: readonly (readonly [string, string])[] = [
  ["a token in a user agent", `curl/8 Authorization: Bearer ${hidden("abcdef", "1234567890")}`],
  [
    "a signed address in an error",
    `failed: https://s3.amazonaws.com/b?X-Amz-Signature=${hidden("0123456789abcdef", "0123")}&x=1`,
  ],
  ["a session token in an error", `X-Amz-Security-Token=${hidden("FwoGZXIvYXdz", "EJr//////////wEaDHc")}`],
  ["a bare session token", hidden("IQoJb3JpZ2lu", "X2VjEJr//////////wEaDHc0")],
  ["an access key", hidden("ASIA", "ABCDEFGHIJKLMNOP")],
  ["a password in a condition", JSON.stringify({ "aws:ResourceTag/password": "hunter2hunter2" })],
  ["a password in a query", "call?password=hunter2hunter2"],
  ["an ExternalId in a sentence", "externalId: acme-secret-value"],
  ["a JSON web token", hidden("eyJhbGciOi", "JIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc123")],
  ["a webhook", hidden("https://hooks.slack.com/", "services/T000/B000/XXXXYYYY")],
  ["credentials in an address", "https://admin:hunter2hunter2@example.com/"],
  ["a private key", `${hidden("-----BEGIN RSA", " PRIVATE KEY-----")}\nMIIEhunter2hunter2`],
];
const secret =
  /abcdef1234567890|0123456789abcdef0123\b(?!456)|FwoGZXIvYXdzEJr|IQoJb3JpZ2luX2Vj|ASIAABCDEFGHIJKLMNOP|hunter2|acme-secret-value|eyJhbGciOiJI|services.{1,3}T000/u;

test.each(planted)("%s is left out of every text", (_, text) => {
  expect(text).toMatch(secret);
  const alert = alertOf("changed", {
    result: {
      ...opened,
      detail: text,
      reason: text,
      consequence: text,
      expected: { note: text },
      actual: [{ Effect: "Allow", Action: text, Condition: { StringEquals: { "aws:x": text } } }],
      differences: [
        {
          direction: "excess",
          latent: false,
          witness: { action: text, resource: text, context: { k: text } },
        },
      ],
      remediation: [{ text, command: `aws iam tag-role --tags '${text}'` }],
    },
    before: { digest: "0", detail: text, severity: "low", verdict: "failed", actual: text },
    suppression: { owner: text, reason: text, until: "2027-01-31" },
    causes: [
      {
        event: "e",
        action: "iam:X",
        at: "2026-11-22T03:03:41Z",
        about: [],
        actor: { kind: "user", who: text, from: text, with: text },
      },
    ],
  });
  const digest = digestOf([alert], { where: text });
  const { subject, body } = renderEmail(digest);
  for (const rendered of [
    subject,
    body,
    renderMachine(digest),
    JSON.stringify(renderSlack(digest)),
    JSON.stringify(renderChatbot(digest)),
  ])
    expect(rendered).not.toMatch(secret);
});

test("a token in a user agent is not even remembered", () => {
  const record = { userIdentity: { type: "IAMUser", arn: "arn:x" }, userAgent: planted[0]?.[1] };
  expect(readActor(record).with).not.toMatch(secret);
});

test.each([
  "arn:aws:secretsmanager:us-east-1:210987654321:secret:db-AbCdEf",
  '"sts:ExternalId": "<configured>"',
  "external_id=${DOCKERCLOUD_ID:?is not set: it holds the ExternalId}",
  '"sts:ExternalId": "${external_id}"',
  "sts:GetSessionToken on any resource, when aws:TokenIssueTime is 2026-01-01",
  "rc-0123456789abcdef0123456789abcdef@fedcba9876543210fedcba9876543210",
  "arn:aws:iam::210987654321:user/eve@example.com",
])("%s is no secret", (text) => {
  expect(withoutSecrets(text)).toBe(text);
});
