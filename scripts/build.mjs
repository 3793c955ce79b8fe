// Bundles the command line into dist/: one small entry and a chunk per command, loaded when it is called.
import { existsSync, realpathSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

export async function buildCommandLine() {
  const fresh = `${root}dist.${process.pid}`;
  try {
    await build({
      absWorkingDir: root,
      entryPoints: { "cli/main": "lib/cli/main.ts" },
      outdir: fresh,
      // Every chunk lies two folders below the root, as lib/<folder>/<file>.ts does: `../../` is the root in both.
      chunkNames: "cli/[name]-[hash]",
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      // With esbuild's default (main first) the AWS SDK's CommonJS twin is taken: twice the size, and it breaks ESM.
      mainFields: ["module", "main"],
      banner: {
        js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
      },
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: "none",
      logLevel: "warning",
    });
    const old = `${fresh}.old`;
    await mkdir(`${root}dist`, { recursive: true });
    await rename(`${root}dist`, old);
    await rename(fresh, `${root}dist`);
    await rm(old, { recursive: true, force: true });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

// Node knows a module by its real path, and says of a program how it was called.
const called = process.argv[1] ?? "";
if (existsSync(called) && realpathSync(called) === fileURLToPath(import.meta.url)) await buildCommandLine();
