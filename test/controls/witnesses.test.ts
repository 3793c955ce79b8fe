import { describe, expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { judge } from "../../lib/controls/judge.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import type { Facts } from "../../lib/model/facts.ts";
import { account, accountOf, allow, trusting } from "../support/account.ts";

const docker = "docker-cloud: [{ role: dockercloud-role, externalId: acme-prod }]";
const kommander = "kommander: [{ role: kommander-role, externalId: acme-prod }]";

/** What proves the findings of one control on the role that is watched. */
function witnessesOf(facts: Facts, platform: string, control: string) {
  const yaml = `version: 1\nplatforms:\n  ${platform}\n`;
  const compiled = compileConfig(
    { file: "rolecall.yml", bytes: new TextEncoder().encode(yaml) },
    { catalogue, controls: controlIds, read: () => undefined },
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  const results = judge(facts, compiled.config, { now: new Date("2026-11-02T07:15:00Z") });
  return results
    .filter((each) => each.control === control)
    .flatMap(({ differences }) => differences.map(({ witness }) => witness));
}

describe("a request that proves a finding", () => {
  test("of a wildcard comes from someone whom the document does not name", () => {
    const asked = { StringEquals: { "sts:ExternalId": "acme-prod" } };
    const trust = {
      Version: "2012-10-17",
      Statement: [["arn:aws:iam::689684103426:role/only"], ["*"]].flatMap(
        ([AWS = ""]) => (trusting({ AWS }, asked) as { Statement: readonly object[] }).Statement,
      ),
    };
    const facts = accountOf({
      roles: [
        { name: "dockercloud-role", trust, inline: { p: allow(["ec2:*", "iam:ListInstanceProfiles"]) } },
      ],
    });
    const witnesses = witnessesOf(facts, docker, "trust-wildcard");
    expect(witnesses).toHaveLength(1);
    expect(JSON.stringify(witnesses)).not.toContain("689684103426");
  });

  test("of someone whom a change lets in is one that the policy as it stands allows", () => {
    // The configured ExternalId is the one that this policy does not take.
    const not = { StringNotEquals: { "sts:ExternalId": "acme-prod" } };
    const statement = (principal: object, condition?: object) => ({
      ...(trusting(principal, condition) as { Statement: readonly object[] }).Statement[0],
      Action: "sts:*",
    });
    const trust = {
      Version: "2012-10-17",
      Statement: [
        statement({ Service: "ec2.amazonaws.com" }),
        statement({ AWS: `arn:aws:iam::${account}:root` }, not),
      ],
    };
    const facts = accountOf({
      roles: [{ name: "kommander-role", trust }],
    });
    const witnesses = witnessesOf(facts, kommander, "trust-excess");
    expect(witnesses.length).toBeGreaterThan(0);
    for (const { principal, context } of witnesses)
      if (JSON.stringify(principal).includes(account))
        expect(JSON.stringify(context)).not.toContain("<configured>");
  });
});
