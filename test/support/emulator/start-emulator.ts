import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { lambdaNode, ministackPython } from "./toolbox.ts";

/** One answered API call, as the emulator saw it. */
export interface Call {
  /** ISO 8601, seconds. */
  readonly at: string;
  readonly account: string;
  readonly region: string;
  /** `iam:GetRole` */
  readonly action: string;
  readonly resource: string;
  /** ARN of the caller. */
  readonly principal: string;
  readonly status: number;
  readonly errorCode: string | null;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Emulator {
  readonly endpoint: string;
  readonly region: string;
  /** Root of an account of one's own: any twelve digits. */
  root(account: string): Credentials;
  /** Environment for a program that shall talk to the emulator, without the caller's own AWS settings. */
  environment(credentials: Credentials): NodeJS.ProcessEnv;
  /** Every call answered so far, oldest first. */
  calls(): Promise<readonly Call[]>;
  /** While muted, calls make no events: an event that got lost on its way. */
  mute(muted: boolean): Promise<void>;
  /** The emulator's own log file, for a failing test to quote. */
  readonly log: string;
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  /** Whether IAM is enforced; default true. */
  readonly auth?: boolean;
  /** Account that keys other than twelve digits belong to, IAM users' among them. */
  readonly account?: string;
  /** AWS-managed policies to know, name with path to document. */
  readonly managedPolicies?: Readonly<Record<string, unknown>>;
}

const launcher = fileURLToPath(new URL("launcher.py", import.meta.url));
const region = "us-east-1";

/** Emulated AWS on a free port of 127.0.0.1, with its state in a folder that `stop` removes. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const [python, node] = await Promise.all([ministackPython(), lambdaNode()]);
  const home = await mkdtemp(join(tmpdir(), "rolecall-emulator-"));
  const file = (name: string): string => join(home, name);
  const port = await freePort();
  const managed = file("managed-policies.json");
  await writeFile(managed, JSON.stringify(options.managedPolicies ?? {}));
  await writeFile(file("calls.jsonl"), "");
  const child = spawn(python, [launcher], {
    cwd: home,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: `${node}${delimiter}${process.env["PATH"] ?? ""}`,
      HOME: home,
      TMPDIR: home,
      PYTHONDONTWRITEBYTECODE: "1",
      AUTH: String(options.auth ?? true),
      BIND_HOST: "127.0.0.1",
      MINISTACK_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      STATE_DIR: file("state"),
      S3_DATA_DIR: file("s3"),
      MINISTACK_ACCOUNT_ID: options.account ?? "111122223333",
      MINISTACK_REGION: region,
      LOG_LEVEL: "INFO",
      EMULATOR_CALLS: file("calls.jsonl"),
      EMULATOR_MUTE: file("mute"),
      EMULATOR_MANAGED_POLICIES: managed,
    },
  });
  const log = createWriteStream(file("emulator.log"));
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await end(child);
    log.end();
    // For whoever asks why: the logs outlive the emulator in the folder that is named so.
    const keep = process.env["EMULATOR_LOGS"];
    if (keep !== undefined) {
      for (const name of ["emulator.log", "calls.jsonl"])
        await copyFile(file(name), join(keep, `${port}-${name}`)).catch(() => {});
    }
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await ready(endpoint, child);
  } catch (cause) {
    const said = await readFile(file("emulator.log"), "utf8").catch(() => "");
    await stop();
    throw new Error(`emulated AWS did not start: ${said.slice(-2000)}`, { cause });
  }
  return {
    endpoint,
    region,
    log: file("emulator.log"),
    root: (account) => ({ accessKeyId: account, secretAccessKey: "test" }),
    environment: (credentials) => ({
      PATH: process.env["PATH"],
      HOME: home,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
    }),
    calls: async () =>
      (await readFile(file("calls.jsonl"), "utf8"))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Call),
    mute: (muted) => (muted ? writeFile(file("mute"), "") : rm(file("mute"), { force: true })),
    stop,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function ready(endpoint: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`it exited with ${child.exitCode}`);
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(100);
  }
  throw new Error("it did not answer for a minute");
}

/** Ends the emulator and the Lambda workers it started: they are one process group of our own. */
async function end(child: ChildProcess): Promise<void> {
  const group = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // gone already
    }
  };
  if (child.exitCode === null && child.signalCode === null) {
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    group("SIGTERM");
    await Promise.race([exited, sleep(5_000)]);
  }
  group("SIGKILL");
}
