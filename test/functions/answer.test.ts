import { expect, test } from "vitest";
import { fitAnswer } from "../../functions/answer.ts";
import type { Report } from "../../lib/model/report.ts";

const report: Report = {
  schema: "rolecall.report.v1",
  account: "111122223333",
  at: "2026-11-02T09:00:00.000Z",
  source: "live",
  summary: { passed: 0, failed: 0, undecided: 0, unavailable: 0, notApplicable: 0, suppressed: 0 },
  results: [],
};

test("a report that fits is the answer itself, and nothing is put away", async () => {
  const answer = await fitAnswer(report, () => Promise.reject(new Error("put away")));
  expect(answer).toBe(report);
});

test("past the limit the answer is the summary and where the whole lies", async () => {
  const stored: string[] = [];
  const answer = await fitAnswer(
    report,
    async (_, text) => {
      stored.push(text);
      return "s3://reports/whole.json";
    },
    100,
  );
  const { results: _, ...head } = report;
  expect(answer).toEqual({ ...head, report: "s3://reports/whole.json" });
  expect(stored).toEqual([JSON.stringify(report)]);
});

test("the limit counts bytes, as Lambda does, and not characters", async () => {
  const wide = { ...report, account: "é".repeat(60) };
  const text = JSON.stringify(wide);
  const answer = await fitAnswer(wide, async () => "elsewhere", text.length + 10);
  expect(answer).toMatchObject({ report: "elsewhere" });
});
