import { describe, expect, test } from "vitest";
import { renderJunit } from "../../lib/report/junit.ts";
import { reportOf, richReport } from "./rich-report.ts";

describe("the report as JUnit", () => {
  test("reads as it always did", async () => {
    await expect(renderJunit(richReport())).toMatchFileSnapshot("../golden/report.junit.xml");
  });

  test("counts what is in it, suite by suite", () => {
    const xml = renderJunit(richReport());
    for (const [whole, tests, failures, errors, skipped] of xml.matchAll(
      /<testsuite [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"[\s\S]*?<\/testsuite>/g,
    )) {
      expect(whole.match(/<testcase /g)?.length).toBe(Number(tests));
      expect(whole.match(/<failure /g)?.length ?? 0).toBe(Number(failures));
      expect(whole.match(/<error /g)?.length ?? 0).toBe(Number(errors));
      expect(whole.match(/<skipped /g)?.length ?? 0).toBe(Number(skipped));
    }
    expect(xml.match(/<testsuite /g)?.length).toBe(4);
  });

  test("could not see and could not decide are errors, never passes", () => {
    const unsure = richReport().results.filter(
      (r) => r.verdict === "undecided" || r.verdict === "unavailable",
    );
    expect(unsure.length).toBe(2);
    expect(renderJunit(reportOf(unsure))).toContain('tests="2" failures="0" errors="2" skipped="0"');
  });

  test("counts the differences that it does not show", () => {
    const sample = richReport().results.find(({ differences }) => differences.length > 0);
    const [one] = sample?.differences ?? [];
    if (sample === undefined || one === undefined) throw new Error("no sample");
    const many = { ...sample, differences: Array.from({ length: 25 }, () => one) };
    expect(renderJunit(reportOf([many]))).toContain("and 5 more differences");
  });

  test("a name with a line feed in it begins no line of its own", () => {
    // But in a command, which stays as it is.
    expect(renderJunit(richReport()).match(/^## heading/gm)).toHaveLength(1);
  });

  test("is well-formed XML, whatever a role is called", () => {
    const xml = renderJunit(richReport());
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
    const inside = xml.replace(
      /<\?xml [^>]*\?>|<\/?(testsuites|testsuite|testcase|failure|error|skipped)\b[^<>]*>/g,
      "",
    );
    expect(inside).not.toMatch(/[<>]/);
    expect(inside.replace(/&(amp|lt|gt|quot|apos);/g, "")).not.toContain("&");
  });
});
