import { describe, expect, test } from "vitest";
import { judge } from "../../lib/controls/judge.ts";
import type { Result } from "../../lib/model/result.ts";
import { loadActions } from "../../lib/policy/actions/load-actions.ts";
import { type CaseExpectation, configOf, factsOf, loadCases } from "../support/case-file.ts";

const cases = loadCases();
const actions = await loadActions();

/** A result as far as a case speaks of it. */
function asExpected(result: Result, wanted: CaseExpectation): CaseExpectation {
  const text = [result.detail, result.consequence, result.reason].join(" ");
  return {
    control: result.control,
    verdict: result.verdict,
    ...(wanted.severity === undefined ? {} : { severity: result.severity }),
    ...(wanted.directions === undefined
      ? {}
      : { directions: [...new Set(result.differences.map(({ direction }) => direction))].sort() }),
    ...(wanted.says === undefined ? {} : { says: text.includes(wanted.says) ? wanted.says : text }),
    ...(wanted.resource === undefined ? {} : { resource: result.resource.arn }),
    ...(wanted.suppressed === undefined ? {} : { suppressed: result.suppression !== undefined }),
  };
}

/** What a case must speak of: everything but what is well, and that Docker Cloud ended. */
const isTold = ({ verdict, control }: Result): boolean =>
  verdict !== "passed" && verdict !== "not-applicable" && control !== "role-retired";

describe.each(cases.map((each) => [`${each.file}: ${each.name}`, each] as const))("%s", (_, each) => {
  test("comes out as it must, and nothing else is told", () => {
    const results = judge(factsOf(each), configOf(each), {
      now: new Date(each.now ?? "2026-06-01T12:00:00Z"),
      actions,
      ...(each.scope === undefined ? {} : { scope: each.scope }),
      ...(each.settled === undefined ? {} : { settled: each.settled }),
    });
    const wanted = [each.expect, ...(each.also ?? [])];
    const main = results.filter(({ control }) => control === each.expect.control);
    expect(
      main.map((result) => asExpected(result, each.expect)),
      results.map((r) => `${r.control} ${r.verdict} ${r.detail}`).join("\n"),
    ).toContainEqual(each.expect);
    const told = results.filter(isTold);
    const open = wanted.filter(({ verdict }) => verdict !== "passed" && verdict !== "not-applicable");
    expect(told.map(({ control }) => control).sort()).toEqual(
      open
        .filter(({ control }) => control !== "role-retired")
        .map(({ control }) => control)
        .sort(),
    );
    for (const other of each.also ?? []) {
      const same = results.filter(({ control }) => control === other.control);
      expect(same.map((result) => asExpected(result, other))).toContainEqual(other);
    }
  });

  test("says nothing twice, and no ExternalId", () => {
    const results = judge(factsOf(each), configOf(each), { now: new Date("2026-06-01T12:00:00Z"), actions });
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
    expect(JSON.stringify(results)).not.toMatch(/acme-prod|ACME-PROD|acme-evil/);
  });
});
