import { describe, expect, test } from "vitest";
import { codeSpan } from "../../lib/model/code-span.ts";
import { renderMarkdown } from "../../lib/report/markdown.ts";
import { escapeInHtml, escapeMarkdown, proseToMarkdown } from "../../lib/report/markdown-text.ts";
import { hostileNames, reportOf, richReport } from "./rich-report.ts";

describe("the report as markdown", () => {
  test("reads as it always did", async () => {
    await expect(renderMarkdown(richReport())).toMatchFileSnapshot("../golden/report.md");
  });

  test("fits a pull-request comment, and counts by severity what it leaves out", () => {
    const [sample] = richReport().results.filter(
      (r) => r.control === "role-trust-excess" && r.verdict === "failed",
    );
    if (sample === undefined) throw new Error("no sample");
    const many = Array.from({ length: 2000 }, (_, n) => ({
      ...sample,
      severity: n % 100 === 0 ? ("critical" as const) : ("low" as const),
      resource: { ...sample.resource, arn: `${sample.resource.arn}-${n}` },
    }));
    const text = renderMarkdown(reportOf(many));
    expect(text.length).toBeLessThan(65_536);
    const listed = text.match(/<details>/g)?.length ?? 0;
    expect(listed).toBeGreaterThan(20);
    expect(text).toContain(`And ${2000 - listed} more, not shown here** (${2000 - listed} low)`);
    expect(text.indexOf("<b>critical</b>")).toBeLessThan(text.indexOf("<b>low</b>"));
  });

  test("stays below 60,000 characters, wherever the cut falls", () => {
    const [sample] = richReport().results;
    if (sample === undefined) throw new Error("no sample");
    for (let pad = 0; pad < 1500; pad += 150) {
      const many = Array.from({ length: 300 }, (_, n) => ({
        ...sample,
        id: `rc-${String(n).padStart(32, "0")}`,
        detail: "x".repeat(n === 0 ? 1 + pad : 1),
      }));
      expect(renderMarkdown(reportOf(many)).length, String(pad)).toBeLessThan(60_000);
    }
  });

  test("one finding that is too long does not crowd out the others", () => {
    const [first, second] = richReport().results;
    if (first === undefined || second === undefined) throw new Error("no sample");
    const text = renderMarkdown(reportOf([{ ...first, detail: "x".repeat(100_000) }, second]));
    expect(text.length).toBeLessThan(20_000);
    expect(text).toContain("Too long to show here");
  });

  test("a command that is too long for a comment is left out whole", () => {
    const [sample] = richReport().results;
    if (sample === undefined) throw new Error("no sample");
    const remediation = [{ text: "Put it back.", command: `echo ${"y".repeat(4000)}` }];
    const text = renderMarkdown(reportOf([{ ...sample, remediation }]));
    expect(text).not.toContain("yyy");
    expect(text).toContain("(The command is too long to show here.)");
  });

  test("hostile names are neither markup nor mention nor link", () => {
    const text = renderMarkdown(richReport());
    // A line of HTML is no markdown: brackets mean nothing there.
    const prose = text
      .replace(/^<details>.*$/gm, (line) => line.replaceAll("[", "("))
      .replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, "")
      .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(prose).not.toMatch(/<script|<img/);
    expect(prose).not.toMatch(/@\w/);
    expect(prose).not.toMatch(/[^\\]\[link\]/);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(prose).not.toMatch(/^## heading/m);
  });

  test("what stands between backticks is code, everything else is text", () => {
    expect(proseToMarkdown("`iam:*` on *")).toBe("`iam:*` on \\*");
    expect(proseToMarkdown("a ` b")).toBe("a \\` b");
    expect(escapeMarkdown("- a")).toBe("\\- a");
    expect(escapeMarkdown("1. a")).toBe("1\\. a");
    expect(escapeMarkdown("10.0.0.0/8 is open")).toBe("10.0.0.0/8 is open");
    expect(codeSpan("a|b")).toBe("`a|b`");
    expect(escapeMarkdown("https://x.example @me #12")).toBe(
      "https:<!-- -->//x.example @<!-- -->me #<!-- -->12",
    );
    expect(escapeInHtml(hostileNames[0])).not.toContain("<script");
  });
});
