import { describe, expect, test } from "vitest";
import { headline } from "../../lib/report/headline.ts";
import { reportOf, richReport } from "./rich-report.ts";

const passed = richReport().results.filter(({ verdict }) => verdict === "passed");
const about = (type: "account" | "role") =>
  passed.slice(0, 1).map((result) => ({ ...result, resource: { ...result.resource, type } }));

describe("whether we are all right", () => {
  test("is yes when all that is watched passed", () => {
    expect(headline(reportOf(about("role")))).toMatchObject({ mood: "good" });
  });

  test("is not known when only the account as such was looked at, for then nothing is watched", () => {
    expect(headline(reportOf(about("account")))).toMatchObject({
      mood: "unsure",
      answer: "Not known: no role and no cluster is watched.",
    });
  });
});
