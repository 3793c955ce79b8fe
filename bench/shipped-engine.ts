import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { repository } from "../test/support/emulator/toolbox.ts";

type Engine = typeof import("../lib/policy/compare.ts") &
  typeof import("../lib/policy/document.ts") &
  typeof import("../lib/policy/actions/load-actions.ts");

/**
 * The engine bundled as it is shipped. What runs the benchmarks from their sources wraps every function that is
 * made, to keep its name: that would be measured too.
 */
export async function shippedEngine(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), "rolecall-engine-"));
  const outfile = join(folder, "engine.mjs");
  const doors = ["compare", "document", "actions/load-actions"];
  try {
    await build({
      stdin: {
        contents: doors.map((door) => `export * from "./lib/policy/${door}.ts";`).join("\n"),
        resolveDir: repository,
        loader: "ts",
      },
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      minifySyntax: true,
      minifyWhitespace: true,
    });
    return (await import(pathToFileURL(outfile).href)) as Engine;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
