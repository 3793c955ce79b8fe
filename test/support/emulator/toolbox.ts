import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const repository = fileURLToPath(new URL("../../..", import.meta.url));
const cache = join(repository, ".cache");

/** Exactly this one: the launcher leans on its inside. */
const MINISTACK = "1.5.33";
/** What the stack's functions run on when deployed. */
const LAMBDA_NODE = "24";

/**
 * Why there can be no emulator here, said aloud so that a skipped suite is seen to be skipped.
 * @throws where it must not be missing: in CI.
 */
export function whyNoEmulator(): string | undefined {
  const python = spawnSync("python3", ["-c", "import sys, venv; sys.exit(sys.version_info < (3, 10))"]);
  if (python.status === 0) return undefined;
  const reason = "emulated AWS needs Python 3.10 or later with venv as `python3`";
  if (process.env["CI"] === "true") throw new Error(reason);
  console.warn(`SKIPPED: ${reason}`);
  return reason;
}

/** The Python that has MiniStack; made on first use, a few seconds. */
export async function ministackPython(): Promise<string> {
  const home = join(cache, `ministack-${MINISTACK}`);
  const python = join(home, "bin", "python");
  await once(home, async (building) => {
    await run("python3", ["-m", "venv", building]);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    await run(join(building, "bin", "python"), [...pip, `ministack==${MINISTACK}`]);
  });
  return python;
}

/** The folder with the `node` that Lambda has; outside the project's own dependencies. */
export async function lambdaNode(): Promise<string> {
  if (process.versions.node.split(".")[0] === LAMBDA_NODE) return dirname(process.execPath);
  const home = join(cache, `node-${LAMBDA_NODE}`);
  await once(home, async (building) => {
    await mkdir(building, { recursive: true });
    await run("npm", ["install", "--no-save", "--silent", "--prefix", building, `node@${LAMBDA_NODE}`]);
    // Without it the functions would run on whatever Node is first in the path.
    await run(join(building, "node_modules", "node", "bin", "node"), ["--version"]);
  });
  return join(home, "node_modules", "node", "bin");
}

/** Builds a folder beside its place and moves it there: one builder at a time, never a half-made one. */
async function once(home: string, build: (building: string) => Promise<void>): Promise<void> {
  if (existsSync(home)) return;
  await alone(basename(home), async () => {
    if (existsSync(home)) return;
    const building = `${home}.building`;
    await rm(building, { recursive: true, force: true });
    await build(building);
    await rename(building, home);
  });
}

/** Does the work while no other process of this checkout does any under the same name. */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  await mkdir(cache, { recursive: true });
  const lock = join(cache, `${name}.lock`);
  while (!(await tryLock(lock))) await sleep(250);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function tryLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const holder = Number(await readFile(lock, "utf8").catch(() => "0"));
    if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
