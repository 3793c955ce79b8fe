import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderHtml } from "../../lib/report/html.ts";
import { type Browser, noBrowser, openBrowser } from "../support/browser.ts";
import { contrast } from "./contrast.ts";
import { hostileNames, reportOf, richReport } from "./rich-report.ts";

if (noBrowser !== undefined) console.warn(`skipped: the HTML report in a browser (${noBrowser})`);

describe.skipIf(noBrowser !== undefined)("the HTML report in a browser", () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  const problems: string[] = [];
  const requests: string[] = [];

  const show = async (report = richReport()): Promise<void> => {
    const file = join(folder, "report.html");
    await writeFile(file, renderHtml(report, { version: "0.1.0" }));
    await page.goto(pathToFileURL(file).href);
  };
  const shown = (): Promise<string[]> => page.locator("article.item:visible h3 code").allInnerTexts();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rolecall-report-"));
    browser = await openBrowser();
    page = await browser.context.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => problems.push(message.text()));
    page.on("dialog", (dialog) => void dialog.dismiss().then(() => problems.push("a dialog")));
    page.on("request", (request) => requests.push(request.url()));
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("hostile names stay text, and nothing is asked of any network", async () => {
    requests.length = 0;
    await show();
    expect(await page.title()).toBe("Rolecall, account 210987654321: No: 9 findings, 1 of them critical.");
    expect(await page.locator("img, iframe, object, link, script[src], a[href^=javascript]").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(1);
    const text = (await page.locator("main").textContent()) ?? "";
    expect(text).toContain(`No instance profile holds ${hostileNames[0]}.`);
    expect(text).toContain(`No instance profile holds ${hostileNames[1]}.`);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(requests.filter((url) => !url.startsWith("file:"))).toEqual([]);
    expect(problems).toEqual([]);
  });

  test("the page's own policy stops a script that somebody slips in", async () => {
    await show();
    await page.evaluate(`{
      const script = document.createElement("script");
      script.textContent = "document.title = 'owned'";
      document.body.append(script);
      const image = new Image();
      image.src = "http://127.0.0.1:9/x.png";
      document.body.append(image);
    }`);
    expect(await page.title()).not.toBe("owned");
    expect(problems.splice(0).join()).toContain("Content Security Policy");
  });

  test("filters by platform, severity, verdict and words, alone and together", async () => {
    await show();
    const all = await shown();
    expect(all.length).toBe(13);
    await page.selectOption("#f-platform", "rancher");
    expect((await shown()).length).toBe(3);
    await page.selectOption("#f-severity", "high");
    expect((await shown()).length).toBe(2);
    await page.fill("#f-text", "passrole");
    expect(await shown()).toEqual(["rancher-worker"]);
    expect(await page.locator("#count").textContent()).toBe("1 of 13 shown");
    await page.click("button[type=reset]");
    await expect.poll(shown).toEqual(all);
    await page.selectOption("#f-group", "undecided");
    expect(await shown()).toEqual(["kommander-role"]);
    await page.selectOption("#f-group", "passed");
    expect(await shown()).toEqual([]);
    expect(await page.locator("#quiet li:visible").count()).toBe(34);
  });

  test("a number in the picture of the account shows what it counts, and again all", async () => {
    await show();
    const pick = page.getByRole("button", { name: "Show 5 failed of ecs" });
    await pick.click();
    await expect.poll(async () => (await shown()).length).toBe(5);
    expect(await pick.getAttribute("aria-pressed")).toBe("true");
    await pick.click();
    await expect.poll(async () => (await shown()).length).toBe(13);
  });

  test("everything can be reached and worked by keyboard", async () => {
    await show();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the findings");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("findings");
    await show();
    const reached = new Set<string>();
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate<string>(
          'document.activeElement.localName + (document.activeElement.id && "#" + document.activeElement.id)',
        ),
      );
    }
    for (const one of ["input#f-text", "select#f-group", "summary", "pre", "button"])
      expect(reached).toContain(one);
    await page.locator("article:nth-of-type(2) summary").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("article:nth-of-type(2) .columns").isVisible()).toBe(true);
  });

  test("a screen reader finds names, headings and regions", async () => {
    await show();
    const tree = await page.locator("body").ariaSnapshot();
    expect(tree).toContain('heading "No: 9 findings, 1 of them critical." [level=1]');
    expect(tree).toContain('heading "Findings" [level=2]');
    expect(tree).toContain('heading "role dockercloud-role" [level=3]');
    expect(tree).toContain('searchbox "Search"');
    expect(tree).toContain('combobox "Platform"');
    expect(tree).toMatch(/- status: 13 shown, worst first/);
    const levels = await page
      .locator("h1, h2, h3")
      .evaluateAll((all) => all.map((h) => Number(h.localName[1])));
    for (const [n, level] of levels.entries()) expect(level - (levels[n - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  test("a command is copied as it stands", async () => {
    await show();
    await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]).catch(() => undefined);
    const command = await page.locator(".command pre").first().textContent();
    await page.locator(".copy").first().click();
    await expect.poll(() => page.locator(".copy").first().textContent()).toBe("Copied");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(command);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`text stands out from its ground in the ${colorScheme} scheme`, async () => {
      await page.emulateMedia({ colorScheme });
      await show();
      await page.click("#open-all");
      expect(await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')).toBe(
        colorScheme === "dark",
      );
      const pairs = await contrast(page);
      expect(pairs.length).toBeGreaterThan(100);
      expect(pairs.filter((pair) => pair.ratio < (pair.large ? 3 : 4.5))).toEqual([]);
    });
  }

  test("fits a phone without scrolling sideways", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await show();
    await page.click("#open-all");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    await page.setViewportSize({ width: 1200, height: 900 });
  });

  test("in print the evidence and the commands are open and the filters are gone", async () => {
    await show();
    await page.emulateMedia({ media: "print" });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator(".filters").isVisible()).toBe(false);
    expect(await page.locator("article:has(.columns) .columns:visible").count()).toBe(
      await page.locator(".columns").count(),
    );
    await page.emulateMedia({ media: "screen" });
  });

  test("an account that is all right says so, and an empty one does not", async () => {
    await show(reportOf(richReport().results.filter((r) => r.verdict === "passed")));
    expect(await page.locator("h1").textContent()).toBe(
      "Yes: every role, profile and tag answers as expected.",
    );
    await show(reportOf([]));
    expect(await page.locator("h1").textContent()).toBe("Not known: nothing was checked.");
    expect(problems).toEqual([]);
  });

  test("thousands of results are filtered without a wait", async () => {
    const { results } = richReport();
    const many = Array.from({ length: 5000 }, (_, n) => {
      const one = results[n % results.length];
      if (one === undefined) throw new Error("no sample");
      return { ...one, id: `${one.id}${n}` };
    });
    await show(reportOf(many));
    const ms = await page.evaluate<number>(`(() => {
      const select = document.querySelector("#f-platform");
      select.value = "rancher";
      const start = performance.now();
      select.dispatchEvent(new Event("input", { bubbles: true }));
      return performance.now() - start;
    })()`);
    expect(ms).toBeLessThan(2000);
  });
});
