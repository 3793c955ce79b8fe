import { describe, expect, test } from "vitest";
import { html, lines, prose } from "../../lib/report/html/text.ts";
import { renderHtml } from "../../lib/report/html.ts";
import { hostileNames, reportOf, richReport } from "./rich-report.ts";

describe("the report as HTML", () => {
  const page = renderHtml(richReport(), { version: "0.1.0" });

  test("reads as it always did", async () => {
    await expect(page).toMatchFileSnapshot("../golden/report.html");
  });

  test("is one file that names nothing outside itself", () => {
    expect(page).not.toMatch(/<link|<img|<iframe|@import|url\(|\bsrc=(?!x onerror)/);
    expect(page).toContain("default-src &#39;none&#39;");
  });

  test("has one script, which nothing from the account can end", () => {
    expect(page.match(/<script/g)?.length).toBe(1);
    expect(page.match(/<\/script/g)?.length).toBe(1);
  });

  test("says how much it leaves out of a finding that is too long", () => {
    const sample = richReport().results.find(({ differences }) => differences.length > 0);
    const [one] = sample?.differences ?? [];
    if (sample === undefined || one === undefined) throw new Error("no sample");
    const long = {
      ...sample,
      differences: Array.from({ length: 50 }, () => one),
      expected: [],
      actual: Array.from({ length: 1000 }, (_, n) => `s3:A${n}`),
    };
    const text = renderHtml(reportOf([long]), { version: "0.1.0" });
    expect(text).toContain("<li>and 10 more</li>");
    expect(text).toContain("And 402 more lines; the JSON report has them all.");
    expect(text).not.toContain("s3:A999");
  });

  test("the same report gives the same file", () => {
    expect(renderHtml(richReport(), { version: "0.1.0" })).toBe(page);
  });

  test("strings become text, markup stays markup", () => {
    for (const name of hostileNames)
      expect(html`<b title="${name}">${name}</b>`.markup).not.toMatch(/<(script|img)|"></);
    expect(html`${html`<b>${"<i>"}</b>`}`.markup).toBe("<b>&lt;i&gt;</b>");
    expect(prose("use `a<b` now").markup).toBe("use <code>a&lt;b</code> now");
    expect(lines("a\n<\u001b").markup).toBe("a\n&lt;\\u001b");
  });
});
