import { expect, test } from "vitest";
import { demoChanges } from "../../lib/cli/demo-changes.ts";
import { readConfig } from "../../lib/cli/read-config.ts";
import { openSnapshot } from "../../lib/local/snapshot-facts.ts";

const example = (name: string): string => new URL(`../../examples/${name}`, import.meta.url).pathname;

test("the showing plays a stranger let in, a tag taken off and the repair, each told once as it is read", async () => {
  let text = "";
  await demoChanges({
    facts: openSnapshot(example("account")),
    config: readConfig(example("rolecall.yml"), process.cwd()),
    from: new Date("2026-11-02T09:00:00Z"),
    write: (more) => {
      text += more;
    },
  });
  const mails = text.split("│ Subject: ").slice(1);
  expect(mails).toHaveLength(3);
  const [opened, untagged, resolved] = mails;

  expect(opened).toMatch(/^HIGH: ecs-batch-nodes: .*999999999999/u);
  expect(opened).toContain("user/mallory called iam:UpdateAssumeRolePolicy on ");
  expect(opened).toContain("aws iam update-assume-role-policy --role-name ecs-batch-nodes");

  expect(untagged).toContain("Severity: high.");
  expect(untagged).toContain("user/cleanup-script");
  expect(untagged).toContain("aws ec2 create-tags --region eu-west-1");

  expect(resolved).toContain("2 high (2 resolved)");
  expect(resolved?.match(/user\/alice/gu)).toHaveLength(2);
  expect(resolved).not.toContain("mallory");
});
