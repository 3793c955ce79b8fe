import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

const executable = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (path) => path !== undefined && existsSync(path),
);

/** Why the tests in a browser cannot run here; undefined where they can. In CI a missing browser is a failure. */
export const noBrowser: string | undefined =
  executable !== undefined || process.env["CI"] === "true"
    ? undefined
    : "no Chromium: install Debian's chromium, or say in CHROMIUM where one is";

export interface Browser {
  readonly context: BrowserContext;
  readonly close: () => Promise<void>;
}

/** Headless, with a profile of its own that is gone afterwards, and without a word to any network. */
export async function openBrowser(): Promise<Browser> {
  if (executable === undefined) throw new Error("no Chromium found");
  const profile = await mkdtemp(join(tmpdir(), "rolecall-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    headless: true,
    viewport: { width: 1200, height: 900 },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
