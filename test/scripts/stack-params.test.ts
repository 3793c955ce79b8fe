import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { tooLong, wrongParams } from "../../scripts/stack-params.ts";

const text = readFileSync(new URL("../../serverless.yml", import.meta.url), "utf8");
const { params, custom } = parse(text, { logLevel: "silent" }) as {
  params: { default: Readonly<Record<string, string | number>> };
  custom: { rolecall: Readonly<Record<string, string>> };
};
const defaults = params.default;
const wrong = (changed: Readonly<Record<string, string | number>>): readonly string[] =>
  wrongParams({ ...defaults, ...changed }, Object.keys(changed));

describe("the parameters of a deployment", () => {
  test("are right as serverless.yml has them, and the plugin is given each", () => {
    expect(wrongParams(defaults, Object.keys(defaults))).toEqual([]);
    expect(custom.rolecall).toEqual(
      Object.fromEntries(Object.keys(defaults).map((name) => [name, `\${param:${name}}`])),
    );
  });

  test.each([
    ["email", "somebody", "`email` is an e-mail address; given is `somebody`"],
    ["chat", "true", "`chat` is `yes` or `no`; given is `true`"],
    ["dashboard", "off", "`dashboard` is `yes` or `no`"],
    ["schedule", "6 hours", "`schedule` is `rate(6 hours)` or a `cron(…)`"],
    ["schedule", "at(2026-12-01T00:00:00)", "`schedule` is"],
    ["silence", "500", "`silence` is a whole number from 1 to 168"],
    ["delay", "half a minute", "`delay` is a whole number from 0 to 600"],
    ["settling", "0", "`settling` is a whole number from 1 to 600"],
    ["collect", "61", "`collect` is a whole number from 0 to 60"],
    ["concurrency", "1", "`concurrency` is a whole number from 2 to 1000"],
    ["reportRetention", "0", "`reportRetention` is a whole number from 1 to 3650"],
    ["ledger", "arn:aws:dynamodb:us-east-1:111122223333:table/x", "`ledger` is the name of a table"],
  ])("%s cannot be %s", (name, value, says) => {
    const [line, ...others] = wrong({ [name]: value });
    expect(line).toContain(says);
    expect(others).toEqual([]);
  });

  test("are taken in every form that AWS knows", () => {
    for (const schedule of ["rate(1 minute)", "rate(30 minutes)", "rate(1 hour)", "cron(0 */6 * * ? *)"])
      expect(wrong({ schedule }), schedule).toEqual([]);
    expect(wrong({ delay: 0, collect: "0", settling: 1, chat: "no", operator: "ops@example.com" })).toEqual(
      [],
    );
  });

  test("that nobody knows are not taken in silence", () => {
    expect(wrong({ slak: "/rolecall/slack" })).toEqual(["there is no parameter `slak`; is it `slack`?"]);
    expect(wrong({ unheardOfThing: "x" })[0]).toContain("there are email, operator");
  });

  test("let no alarm on silence ring between two audits", () => {
    expect(wrong({ schedule: "rate(1 day)" })[0]).toContain("`silence` (13 hours) is at least twice");
    expect(wrong({ schedule: "rate(1 day)", silence: 49 })).toEqual([]);
    expect(wrong({ schedule: "rate(7 hours)", silence: 13 })).toHaveLength(1);
  });
});

describe("the stack's name", () => {
  const roles = ["OnChangeRole", "SelfSchedulerRole"];

  test("leaves room for the names that CloudFormation makes of it", () => {
    const longest = "r".repeat(32);
    expect(tooLong(longest, roles)).toBeUndefined();
    expect(`${longest}-SelfSchedulerRole-1A2B3C4D5E6F7`).toHaveLength(64);
    expect(tooLong(`${longest}r`, roles)).toContain("has more than 32 characters");
  });
});
