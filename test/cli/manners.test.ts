import { execFile, spawn } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { exitCodeOf } from "../../lib/cli/judge-exit.ts";
import { run } from "../../lib/cli/main.ts";
import { progressLine } from "../../lib/cli/progress.ts";
import type { Result } from "../../lib/model/result.ts";
import { reportOf, richReport } from "../report/rich-report.ts";
import { serveAccount } from "../support/aws-server/serve-account.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runProcess } from "../support/run-process.ts";
import { sampleAccount } from "../support/sample-account.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = join(root, "bin/rolecall.js");
const folder = temporaryFolder();
const example = [
  "--config",
  join(root, "examples/rolecall.yml"),
  "--snapshot",
  join(root, "examples/account"),
];

// What is tested here is the process, and a process runs what was built.
beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(root, "scripts/build.mjs")]);
});

const runCli = (argv: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runProcess(process.execPath, [bin, ...argv], { cwd: folder, env: { PATH: process.env["PATH"], ...env } });

describe("a report", () => {
  test("is all that stands on standard output", async () => {
    const { code, out, err } = await runCli(["audit", ...example, "--format", "json"]);
    expect(code).toBe(1);
    expect(err).toBe("");
    expect(JSON.parse(out).schema).toBe("rolecall.report.v1");
  });

  test("is coloured for a person only, and as NO_COLOR and FORCE_COLOR say", async () => {
    const colours = async (env: NodeJS.ProcessEnv) =>
      (await runCli(["audit", ...example], env)).out.includes("\u001b[");
    expect(await colours({})).toBe(false);
    expect(await colours({ FORCE_COLOR: "1" })).toBe(true);
    expect(await colours({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
  });

  test("may be read in part: a pipe that closes is not an error", async () => {
    const { stdout, stderr } = await promisify(execFile)("sh", [
      "-c",
      `"${process.execPath}" "${bin}" audit --format json --config "$1" --snapshot "$2" | head -c 10; echo`,
      "sh",
      join(root, "examples/rolecall.yml"),
      join(root, "examples/account"),
    ]);
    expect(stdout).toBe('{\n  "schem\n');
    expect(stderr).toBe("");
  });

  test.skipIf(!existsSync("/dev/full"))(
    "that finds the disk full says so and ends with 2, not as one that found something",
    async () => {
      const command = [process.execPath, bin, "audit", ...example].map((word) => `"${word}"`).join(" ");
      const { code, err } = await runProcess("sh", ["-c", `${command} > /dev/full`], {
        cwd: folder,
        env: process.env,
      });
      expect({ code, err }).toEqual({
        code: 2,
        err: "rolecall: cannot write the output: the disk is full\n",
      });
    },
  );

  test("is written to a file whole or not at all", async () => {
    const target = join(folder, "report.json");
    writeFileSync(target, "before");
    const io = fakeIo({ cwd: folder });
    expect(await run(["audit", ...example, "--format", "json", "--output", "report.json"], io)).toBe(1);
    expect(io.said).toEqual({ out: "", err: "" });
    expect(JSON.parse(readFileSync(target, "utf8")).account).toBe("731984205316");
    const failing = fakeIo({ cwd: folder });
    expect(await run(["audit", ...example, "--output", "no/such/folder.txt"], failing)).toBe(2);
    expect(failing.said.err).toContain("cannot write `no/such/folder.txt`");
    expect(readdirSync(folder)).toEqual(["report.json"]);
  });
});

describe("a report to a file, when no format is given,", () => {
  test.each([
    ["report.HTML", /^<!doctype html>/i],
    ["report.json", /^\{/],
    ["report.md", /^#+ /m],
    ["report.xml", /^<\?xml/],
    ["report.sarif", /"version": ?"2\.1\.0"/],
    ["report", /^Account 731984205316/],
    ["json", /^Account 731984205316/],
  ])("named %s has the format of its name", async (name, start) => {
    expect(await run(["audit", ...example, "-o", name], fakeIo({ cwd: folder }))).toBe(1);
    expect(readFileSync(join(folder, name), "utf8")).toMatch(start);
  });

  test("has the format that is given", async () => {
    const io = fakeIo({ cwd: folder });
    expect(await run(["audit", ...example, "--format", "table", "-o", "report.html"], io)).toBe(1);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toMatch(/^Account 731984205316/);
  });
});

describe("a report to something that is no file", () => {
  const audit = ["audit", ...example, "--format", "json", "--output"];

  test("goes through a device or a pipe and never takes its place", async () => {
    const pipe = join(folder, "pipe");
    await promisify(execFile)("mkfifo", [pipe]);
    // Another process reads, for writing waits until it has.
    const read = promisify(execFile)("sh", ["-c", 'cat "$1" > "$1.read"', "sh", pipe]);
    expect(await run([...audit, "pipe"], fakeIo({ cwd: folder }))).toBe(1);
    await read;
    expect(JSON.parse(readFileSync(`${pipe}.read`, "utf8")).account).toBe("731984205316");
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  test("goes to what a link leads to, and the link stays", async () => {
    writeFileSync(join(folder, "real.json"), "before");
    symlinkSync("real.json", join(folder, "link.json"));
    expect(await run([...audit, "link.json"], fakeIo({ cwd: folder }))).toBe(1);
    expect(lstatSync(join(folder, "link.json")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "real.json"), "utf8")).toContain("731984205316");
  });

  test("named - goes to standard output", async () => {
    const io = fakeIo({ cwd: folder });
    expect(await run([...audit, "-"], io)).toBe(1);
    expect(JSON.parse(io.said.out).account).toBe("731984205316");
    expect(existsSync(join(folder, "-"))).toBe(false);
  });
});

describe("an interrupted snapshot", () => {
  test("leaves nothing behind", async () => {
    const served = await serveAccount(sampleAccount, { pageSize: 1, latency: 300 });
    const place = join(folder, "interrupted");
    mkdirSync(place);
    try {
      const child = spawn(process.execPath, [bin, "snapshot", "saved", "--region", "eu-west-1"], {
        cwd: place,
        stdio: "ignore",
        env: {
          ...process.env,
          AWS_ENDPOINT_URL: served.url,
          AWS_ACCESS_KEY_ID: "A",
          AWS_SECRET_ACCESS_KEY: "s",
        },
      });
      const ended = new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
      await expect.poll(() => readdirSync(place).length, { timeout: 10_000 }).toBe(1);
      child.kill("SIGINT");
      expect(await ended).toBe("SIGINT");
      expect(readdirSync(place)).toEqual([]);
    } finally {
      await served.close();
    }
  });

  test("is not written over what is there", async () => {
    const io = fakeIo({ cwd: root });
    expect(await run(["snapshot", "examples/account"], io)).toBe(2);
    expect(io.said.err).toContain("is not empty");
    expect(existsSync(join(root, "examples/account/get-caller-identity.json"))).toBe(true);
  });
});

describe("progress", () => {
  test("is one line on standard error that goes away, for a person only", () => {
    const show = (person: boolean) => {
      const io = fakeIo({ terminal: { err: person, columns: 40 } });
      let now = 1000;
      const line = progressLine(io, () => now);
      line.tell("roles", 1000);
      now += 500;
      line.tell("eu-west-1 security groups", 3);
      line.end();
      return io.said.err.split("\u001b[2K").map((each) => each.trim());
    };
    expect(show(false)).toEqual([""]);
    expect(show(true)).toEqual(["", "Reading: roles 1000", "Reading: roles 1000, eu-west-1 security", ""]);
  });
});

describe("the exit code", () => {
  const [sample] = richReport().results.filter(({ verdict }) => verdict === "failed");
  const result = (more: Partial<Result>): Result => {
    if (sample === undefined) throw new Error("no sample");
    const { suppression: _, ...rest } = sample;
    return { ...rest, ...more };
  };
  const suppression = { owner: "o", reason: "r", until: "2030-01-01" };
  test.each([
    ["0 when all passed", [result({ verdict: "passed" })], "low", 0],
    ["0 for what is not applicable", [result({ verdict: "not-applicable" })], "low", 0],
    ["1 at the threshold", [result({ severity: "high" })], "high", 1],
    ["0 below it", [result({ severity: "medium" })], "high", 0],
    ["0 for info by default", [result({ severity: "info" })], "low", 0],
    ["1 for info when asked", [result({ severity: "info" })], "info", 1],
    ["3 for something undecided", [result({ verdict: "undecided" })], "low", 3],
    [
      "3 for something unseen, however low",
      [result({ verdict: "unavailable", severity: "info" })],
      "critical",
      3,
    ],
    [
      "1 when there is worse than unseen",
      [result({ verdict: "unavailable" }), result({ severity: "high" })],
      "low",
      1,
    ],
    [
      "3 when what failed is below the threshold",
      [result({ verdict: "undecided" }), result({ severity: "low" })],
      "high",
      3,
    ],
    [
      "0 for what was accepted",
      [result({ suppression }), result({ verdict: "undecided", suppression })],
      "low",
      0,
    ],
  ] as const)("is %s", (_, results, failOn, code) => {
    expect(exitCodeOf(reportOf(results), failOn)).toBe(code);
  });
});

describe("an audit of a part", () => {
  const partly = async (...argv: string[]): Promise<readonly Result[]> => {
    writeFileSync(
      join(folder, "part.yml"),
      `version: 1
platforms:
  ecs:
    - role: ecsInstanceRole
  rancher:
    - cluster: c-x7k2p
      region: eu-west-1
    - cluster: c-lab42
      region: us-west-2
suppressions:
  - finding: rc-${"0".repeat(32)}@${"0".repeat(32)}
    owner: team@example.com
    reason: left over
    until: 2099-12-31
`,
    );
    const io = fakeIo({ cwd: folder });
    const [, , ...account] = example;
    await run(["audit", "--config", "part.yml", ...account, "--format", "json", ...argv], io);
    return JSON.parse(io.said.out).results;
  };
  const controls = (results: readonly Result[]) => new Set(results.map(({ control }) => control));

  test("misses nothing that it did not look for", async () => {
    expect(controls(await partly())).toContain("suppression-current");
    for (const argv of [
      ["--platform", "ecs"],
      ["--region", "us-west-2"],
    ]) {
      const results = await partly(...argv);
      expect(results.length).toBeGreaterThan(5);
      expect(controls(results)).not.toContain("suppression-current");
      expect(controls(results)).not.toContain("cluster-watched");
    }
  });

  test("judges only the platforms and regions that were named", async () => {
    expect(new Set((await partly("--platform", "ecs")).map(({ platform }) => platform))).toEqual(
      new Set(["ecs"]),
    );
    const regions = new Set((await partly("--region", "us-west-2")).map(({ resource }) => resource.region));
    expect(regions).toEqual(new Set(["global", "us-west-2"]));
  });
});

describe("rolecall check", () => {
  const check = async (...argv: string[]) => {
    const io = fakeIo({ cwd: folder });
    return { code: await run(["check", ...argv], io), ...io.said };
  };

  test("says that a suppression has ended", async () => {
    const finding = `rc-${"0".repeat(32)}@${"0".repeat(32)}`;
    const until = (day: string) =>
      writeFileSync(
        join(folder, "until.yml"),
        `version: 1\nsuppressions: [{ finding: ${finding}, owner: x, reason: y, until: ${day} }]\n`,
      );
    until("2020-01-01");
    expect((await check("until.yml")).out).toContain("1 suppression; the first ended after 2020-01-01.");
    until("2999-01-01");
    expect((await check("until.yml")).out).toContain("1 suppression; the first ends after 2999-01-01.");
  });

  test("does not choose between rolecall.yml and rolecall.yaml", async () => {
    const cwd = join(folder, "both");
    mkdirSync(cwd);
    for (const name of ["rolecall.yml", "rolecall.yaml"]) writeFileSync(join(cwd, name), "version: 1\n");
    const io = fakeIo({ cwd });
    expect(await run(["check"], io)).toBe(2);
    expect(io.said.err).toContain("both rolecall.yml and rolecall.yaml are in this folder");
  });

  test("takes one file, and shows a version that is none", async () => {
    writeFileSync(join(folder, "two.yml"), "version: 2\n");
    expect((await check("two.yml")).err).toContain("two.yml:1:10: expected `1`, found `2`");
    expect((await check("--config", "two.yml", "until.yml")).err).toContain("name the file once");
  });
});
