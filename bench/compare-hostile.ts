import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Bench, below } from "./figure.ts";
import { hostilePairs } from "./hostile.ts";

interface HostileRun {
  readonly ms: number;
  readonly mebibytes: number;
}

/** The slowest and the hungriest of the hostile pairs, each in a process of its own: the memory is all that it ever held. */
export const compareHostile: Bench = {
  figures: ["compare-hostile-max", "compare-hostile-max-memory"],
  async run() {
    const runs: HostileRun[] = [];
    for (const [index, pair] of hostilePairs.entries()) {
      const run = await runAlone(index);
      if (process.env["BENCH_VERBOSE"])
        console.error(run.ms.toFixed(0), "ms", run.mebibytes.toFixed(0), "MiB", pair.name);
      runs.push(run);
    }
    const worst = (of: (run: HostileRun) => number) => Math.max(...runs.map(of));
    return [
      below({ name: "compare-hostile-max", value: worst((run) => run.ms), unit: "ms" }, 2000),
      below({ name: "compare-hostile-max-memory", value: worst((run) => run.mebibytes), unit: "MiB" }, 200),
    ];
  },
};

function runAlone(index: number): Promise<HostileRun> {
  const script = fileURLToPath(new URL("compare-hostile-one.ts", import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, script, String(index)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(text) as HostileRun);
      else reject(new Error(`the hostile pair ${index} ended with ${code}`));
    });
  });
}
