import { describe, expect, test } from "vitest";
import { judge } from "../../lib/controls/judge.ts";
import { changedStatements } from "../../lib/controls/mask.ts";
import { loadActions } from "../../lib/policy/actions/load-actions.ts";
import { parseDocument } from "../../lib/policy/document.ts";
import { allow, trusting } from "../support/account.ts";
import { configOf, factsOf, type LoadedCase, loadCases } from "../support/case-file.ts";

const actions = await loadActions();
const needed = ["ec2:*", "iam:ListInstanceProfiles"];

/** One result on a role of Docker Cloud with these policies besides, under this boundary. */
function result(control: string, role: object, policies: Record<string, object>) {
  const sample = loadCases().find(({ base }) => base === "docker-cloud");
  if (sample === undefined) throw new Error("no case of Docker Cloud");
  const trust = trusting({ AWS: "arn:aws:iam::689684103426:root" });
  const account = {
    config: { platforms: { "docker-cloud": [{ role: "dockercloud-role", externalId: "acme-prod" }] } },
    roles: [{ name: "dockercloud-role", trust, ...role }],
    policies,
  } as LoadedCase["account"];
  const each: LoadedCase = { ...sample, account };
  const results = judge(factsOf(each), configOf(each), { now: new Date("2026-06-01T12:00:00Z"), actions });
  const found = results.find((one) => one.control === control);
  if (found === undefined) throw new Error(`no result of ${control}`);
  return found;
}

const under = (control: string, edge: readonly string[], more: Record<string, object>) =>
  result(
    control,
    { inline: { needed: allow(needed), ...more }, boundary: "edge" },
    { edge: allow([...edge]) },
  );

describe("an excess under a boundary", () => {
  const cutting = ["iam:*", "s3:*", "kms:*"];

  test("shows the statement that gives it, where the boundary takes away what is needed besides", () => {
    const { verdict, actual } = under("permissions-excess", cutting, { more: allow("s3:GetObject") });
    expect(verdict).toBe("failed");
    expect(JSON.stringify(actual)).toContain("s3:GetObject");
  });

  test("is another content when more is given, so that what was accepted does not hide it", () => {
    const before = under("permissions-excess", cutting, { more: allow("s3:GetObject") });
    const after = under("permissions-excess", cutting, { more: allow(["s3:GetObject", "kms:Decrypt"]) });
    expect(after.digest).not.toBe(before.digest);
  });

  test.each(["permissions-excess", "pass-role"])(
    "is another content when the boundary lets more of it through: %s",
    (control) => {
      const more = { more: allow(["s3:*", "iam:PassRole"]) };
      const before = under(control, [...needed, "s3:GetObject", "iam:PassRole"], more);
      const after = under(control, [...needed, "s3:*", "iam:PassRole"], more);
      expect([before.verdict, after.verdict]).toEqual(["failed", "failed"]);
      expect(after.digest).not.toBe(before.digest);
    },
  );

  test("is the same content under a boundary that holds nothing back", () => {
    const more = { more: allow("s3:GetObject") };
    const before = under("permissions-excess", ["*"], more);
    const after = under("permissions-excess", ["ec2:*", "iam:*", "s3:*"], more);
    expect(after.digest).toBe(before.digest);
  });
});

describe("an attached policy that allows more", () => {
  const attached = ["needed", "wide"];
  const policies = { needed: allow(needed), wide: allow(["*"]), edge: allow([...needed, "s3:Get*"]) };
  const bare = result("extra-attachment", { attached }, policies);

  test("is another content without the boundary that held it back", () => {
    const held = result("extra-attachment", { attached, boundary: "edge" }, policies);
    expect([held.verdict, bare.verdict]).toEqual(["failed", "failed"]);
    expect(held.digest).not.toBe(bare.digest);
  });

  test("is another content without the Deny that held it back", () => {
    const Statement = [{ Effect: "Deny", Action: "kms:*", Resource: "*" }];
    const inline = { no: { Version: "2012-10-17", Statement } };
    const held = result("extra-attachment", { attached, inline }, policies);
    expect(held.verdict).toBe("failed");
    expect(held.digest).not.toBe(bare.digest);
  });
});

test("a boundary that is not alone in the way is named and shown beside what else is", () => {
  const Statement = [{ Effect: "Deny", Action: "iam:ListInstanceProfiles", Resource: "*" }];
  const no = { Version: "2012-10-17", Statement };
  const { detail, actual } = under("permissions-missing", ["iam:*"], { no });
  expect(detail).toContain("boundary `arn:aws:iam::210987654321:policy/edge` does not let all of it through");
  expect(actual).toHaveLength(2);
});

test("what two documents of a baseline both ask for is shown once", () => {
  const same = [1, 2].flatMap(() => {
    const parsed = parseDocument(allow("ec2:DescribeInstances"));
    return parsed.ok ? [parsed.policy] : [];
  });
  expect(same).toHaveLength(2);
  expect(changedStatements(same, [], undefined)).toHaveLength(1);
});
