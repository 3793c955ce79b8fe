#!/usr/bin/env node
import { existsSync } from "node:fs";

const entry = new URL("../dist/cli/main.js", import.meta.url);

if (!existsSync(entry)) {
  // Installed with --ignore-scripts: what `prepare` would have done is done now, once.
  try {
    const { buildCommandLine } = await import("../scripts/build.mjs");
    await buildCommandLine();
  } catch (cause) {
    process.stderr.write(
      `rolecall: it is not built yet, and building failed: ${cause instanceof Error ? cause.message : String(cause)}\n` +
        "Run `npm ci` in its folder, then `npm run build`.\n",
    );
    process.exit(2);
  }
}

const { start } = await import(entry.href);
await start();
