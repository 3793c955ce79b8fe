import { describe, expect, test } from "vitest";
import { controls } from "../../lib/controls/registry.ts";
import { readCases, readRules } from "../../scripts/read-cases.ts";

const root = new URL("../..", import.meta.url).pathname;
const cases = readCases(root);
const rules = readRules(root);

/** Controls that have nothing to pass or nothing to fail, with the verdicts that they can give. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  // Its passing is that it says nothing: the role is judged by the other controls.
  "role-changeable": ["not-applicable"],
  // A service that ended does not come back.
  "role-retired": ["failed"],
  // A cluster that is watched is silent about being so.
  "cluster-watched": ["failed"],
};

describe.each(controls.map(({ id }) => id))("the control %s", (id) => {
  const verdicts = new Set(cases.filter(({ control }) => control === id).flatMap((each) => each.verdicts));

  test("has a passing and a failing case", () => {
    for (const verdict of exceptions[id] ?? ["passed", "failed"]) expect(verdicts).toContain(verdict);
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("the rule %s", (id, rule) => {
  const own = cases.filter((each) => each.rules.includes(id));

  test("is held by controls, with a passing and a failing case, or says why it cannot be", () => {
    const ids = controls.map((control) => control.id);
    for (const control of rule.controls ?? []) expect(ids).toContain(control);
    const shown = rule.hidden === undefined;
    expect(own.some(({ verdicts }) => verdicts.includes("passed"))).toBe(shown);
    expect(own.some(({ verdicts }) => verdicts.some((v) => v !== "passed"))).toBe(shown);
  });
});

test("no case names a rule that is none", () => {
  const known = new Set(rules.map(({ id }) => id));
  expect(cases.flatMap((each) => each.rules).filter((id) => !known.has(id))).toEqual([]);
});

test("what others took for drift or overlooked has a case each", () => {
  const shown = [...new Set(cases.flatMap(({ pitfall }) => pitfall ?? []))].sort();
  expect(shown).toEqual([
    '"123456789012" against arn:aws:iam::123456789012:root',
    "Version 2008-10-17 against 2012-10-17",
    "a settled AROA… means that the principal was deleted",
    "a suppression is tied to content, not to a name, and expires",
    "never demand aws:SourceArn for ec2.amazonaws.com",
    "scalar instead of array",
    "service-linked and AWSReservedSSO roles, by path",
    "statement, action or key order; Sid",
    "unique ids flickering while a principal is being created",
    '{"AWS":"*"} against "*"',
  ]);
});
