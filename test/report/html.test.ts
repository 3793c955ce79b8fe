import { describe, expect, test } from "vitest";
import { html, lines, prose } from "../../lib/report/html/text.ts";
import { renderHtml } from "../../lib/report/html.ts";
import { hostileNames, richReport } from "./rich-report.ts";

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
