import type { Result } from "../../lib/model/result.ts";
import type { Alert, AlertTransition, Digest } from "../../lib/notify/alert.ts";
import { attributesOf, countsOf } from "../../lib/notify/count.ts";

const account = "210987654321";

export const opened: Result = {
  id: "rc-0123456789abcdef0123456789abcdef",
  digest: "fedcba9876543210fedcba9876543210",
  control: "trust-excess",
  platform: "docker-cloud",
  baseline: "docker-cloud/all-regions@1",
  resource: { arn: `arn:aws:iam::${account}:role/dockercloud-role`, type: "role", account, region: "global" },
  verdict: "failed",
  severity: "critical",
  title: "Nobody but Docker Cloud may assume the role",
  detail: "arn:aws:iam::999999999999:root may now assume the role. Its trust policy gained a principal.",
  expected: { Principal: { AWS: "arn:aws:iam::689684103426:root" }, Action: "sts:AssumeRole" },
  actual: {
    Principal: { AWS: ["arn:aws:iam::689684103426:root", "arn:aws:iam::999999999999:root"] },
    Action: "sts:AssumeRole",
  },
  differences: [
    {
      direction: "excess",
      witness: {
        principal: "arn:aws:iam::999999999999:user/anyone",
        action: "sts:AssumeRole",
        resource: `arn:aws:iam::${account}:role/dockercloud-role`,
        context: {},
      },
      latent: false,
    },
  ],
  consequence: "A stranger may start, stop and image every EC2 instance of this account.",
  remediation: [
    {
      text: "Put the trust policy back.",
      command:
        'aws iam update-assume-role-policy --role-name dockercloud-role --policy-document file:///dev/stdin <<\'JSON\'\n{"Version":"2012-10-17"}\nJSON',
    },
  ],
};

export function alertOf(transition: AlertTransition, over: Partial<Alert> = {}): Alert {
  return {
    schema: "rolecall.alert.v1",
    id: `${opened.id}.3`,
    finding: opened.id,
    sequence: 3,
    transition,
    at: "2026-11-22T03:04:50.000Z",
    openedAt: "2026-11-22T03:04:05.000Z",
    result: opened,
    causes: [
      {
        about: ["dockercloud-role"],
        event: "11111111-2222-3333-4444-555555555555",
        action: "iam:UpdateAssumeRolePolicy",
        at: "2026-11-22T03:03:41Z",
        actor: {
          kind: "user",
          who: `arn:aws:iam::${account}:user/eve`,
          from: "203.0.113.7",
          with: "aws-cli/2.15.0 Python/3.11",
        },
      },
    ],
    causesOmitted: 0,
    ...over,
  };
}

export function digestOf(alerts: readonly Alert[], over: Partial<Digest> = {}): Digest {
  return {
    schema: "rolecall.digest.v1",
    id: "d-00000000000000000000000000000001",
    kind: "news",
    at: "2026-11-22T03:05:00.000Z",
    account,
    alerts,
    rest: [],
    counts: countsOf(alerts.map(({ result, transition, explains }) => ({ ...result, transition, explains }))),
    attributes: attributesOf(alerts),
    where: "The whole list: `serverless invoke -f audit`, or `rolecall audit` at a terminal.",
    ...over,
  };
}

/** Everything an intruder can name, named as badly as can be. */
export const hostile: Result = {
  ...opened,
  resource: { ...opened.resource, arn: `arn:aws:iam::${account}:role/<!channel>\u001b[2J\u202e*_~\`evil` },
  detail:
    "<script>alert(1)</script> \u001b]0;owned\u0007 <https://evil.example|click> @here [x](https://evil.example)\r\nBcc: a@b",
  consequence: "`rm -rf /` & <@U123>",
  differences: [
    {
      direction: "excess",
      witness: {
        action: "s3:<b>",
        resource: "*",
        context: { "aws:<img src=x>": ["\u0000", "a".repeat(5000)] },
      },
      latent: true,
    },
  ],
  remediation: [{ text: "Run <this> `now`", command: "aws iam tag-role --tags 'Key=`id`,Value=\u202e'" }],
};
