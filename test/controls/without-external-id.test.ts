import { expect, test } from "vitest";
import { judge } from "../../lib/controls/judge.ts";
import { loadActions } from "../../lib/policy/actions/load-actions.ts";
import { configOf, factsOf, loadCases } from "../support/case-file.ts";

const secret = "s3cr3t-external-id-of-acme";
const actions = await loadActions();

/** A role of Docker Cloud whose ExternalId stands wherever a policy has room for words. */
function results() {
  const [sample] = loadCases().filter(({ base }) => base === "docker-cloud");
  if (sample === undefined) throw new Error("no case of Docker Cloud");
  const more = {
    Version: "2012-10-17",
    Id: secret,
    Statement: [
      {
        Sid: secret.replaceAll("-", ""),
        Effect: "Allow",
        Action: "iam:CreateUser",
        Resource: `arn:aws:iam::*:user/${secret}`,
        Condition: {
          StringEquals: { "aws:PrincipalTag/id": secret, "sts:ExternalId": [secret, "another-secret"] },
        },
      },
    ],
  };
  const trust = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::689684103426:root", "arn:aws:iam::999999999999:root"] },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:PrincipalTag/id": secret },
          StringLike: { "sts:ExternalId": `${secret}*` },
        },
      },
    ],
  };
  const each = {
    ...sample,
    account: {
      config: { platforms: { "docker-cloud": [{ role: "dockercloud-role", externalId: secret }] } },
      roles: [{ name: "dockercloud-role", trust, inline: { more } }],
      policies: {},
    },
  };
  return judge(factsOf(each), configOf(each), { now: new Date("2026-06-01T12:00:00Z"), actions });
}

test("an ExternalId is in no result, wherever a policy holds it", () => {
  const told = results().filter(({ verdict }) => verdict === "failed" || verdict === "undecided");
  expect(told.length).toBeGreaterThan(2);
  expect(JSON.stringify(told)).not.toContain(secret);
  expect(JSON.stringify(told)).not.toContain("another-secret");
});
