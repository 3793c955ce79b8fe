import { expect, test } from "vitest";
import { judge } from "../../lib/controls/judge.ts";
import { narrowToRole } from "../../lib/gather/narrow-iam.ts";
import type { Facts } from "../../lib/model/facts.ts";
import type { Result } from "../../lib/model/result.ts";
import { configOf, factsOf, loadCases } from "../support/case-file.ts";

const now = new Date("2026-06-01T12:00:00Z");

/** Cases in which something beside the role and what hangs on it has a say: these are looked at together. */
const needsMore = new Set(["management-assume-role", "management-assume-scope", "profile-holds-role"]);

const cases = loadCases().filter(
  ({ scope, settled, expect: wanted, account }) =>
    scope === undefined &&
    settled === undefined &&
    !needsMore.has(wanted.control) &&
    new Set(account.roles?.map(({ name }) => name)).size === account.roles?.length,
);

test("there are such cases", () => expect(cases.length).toBeGreaterThan(100));

test.each(cases.map((each) => [each.name, each] as const))(
  "%s: a look at one role says what an audit says of it",
  (_, each) => {
    const facts = factsOf(each);
    const config = configOf(each);
    const whole = judge(facts, config, { now });
    for (const { name, arn } of facts.iam.roles.items) {
      const narrow: Facts = { ...facts, iam: narrowToRole(facts.iam, name) };
      const alone = judge(narrow, config, { now, scope: { kind: "role", account: "210987654321", name } });
      const about = (results: readonly Result[]) =>
        results
          .filter((r) => r.resource.arn === arn && !(r.control === "foreign-trust" && r.verdict === "passed"))
          .map(({ id, digest, control, verdict }) => `${control} ${verdict} ${id}@${digest}`)
          .filter((line) => !needsMore.has(line.split(" ")[0] ?? ""));
      expect(about(alone)).toEqual(about(whole));
    }
  },
);
