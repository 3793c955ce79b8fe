import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** The command line as a process of its own, from its sources' build. */
export function runCli(
  argv: readonly string[],
  given: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`${root}bin/rolecall.js`, ...argv], {
      cwd: given.cwd ?? root,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...given.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = { out: "", err: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      said.out += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      said.err += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...said }));
  });
}
