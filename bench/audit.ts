import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serveAccount } from "../test/support/aws-server/serve-account.ts";
import { saveAccount } from "../test/support/sample-account.ts";
import { type Bench, below, type Figure, withinFloor } from "./figure.ts";
import { madeConfig, makeAccount } from "./made-account.ts";
import { openPrograms, type Programs } from "./run-program.ts";
import { alternate } from "./statistics.ts";

/** A live audit of 1,000 roles against a program that only reads and parses; and its calls. */
export const auditLive: Bench = {
  figures: ["audit-live-1000", "audit-live-1000-50ms", "audit-live-1000-calls"],
  run: () => withPrograms(async (programs) => [...(await live(programs, 0)), ...(await live(programs, 50))]),
};

async function live(programs: Programs, latency: number): Promise<readonly Figure[]> {
  const served = await serveAccount(makeAccount(1000), { latency });
  const env = credentials(served.url);
  const argv = ["audit", "--config", configFile(programs), "--format", "json"];
  try {
    const turns = await alternate(
      () => programs.rolecall(argv, env),
      () => programs.floor("floor-live", [], env),
      7,
    );
    const name = latency === 0 ? "audit-live-1000" : `audit-live-1000-${latency}ms`;
    const time = withinFloor({ name, value: turns.subject, unit: "ms" }, turns.floor, 1.5);
    if (latency > 0) return [time];
    const calls = async (act: () => Promise<unknown>) => {
      served.calls.length = 0;
      await act();
      return served.calls.length;
    };
    const [own, floor] = [
      await calls(() => programs.rolecall(argv, env)),
      await calls(() => programs.floor("floor-live", [], env)),
    ];
    const more = { name: "audit-live-1000-calls", value: own, unit: "calls", floor, ratio: own / floor };
    return [time, { ...more, target: "≤ floor + 2", ok: own <= floor + 2 }];
  } finally {
    await served.close();
  }
}

/** The memory of a live audit of 10,000 roles. */
export const auditMemory: Bench = {
  figures: ["audit-live-10000-rss"],
  run: () =>
    withPrograms(async (programs) => {
      const served = await serveAccount(makeAccount(10_000));
      try {
        const argv = ["audit", "--config", configFile(programs), "--format", "json"];
        const rss = await programs.memory(argv, credentials(served.url));
        return [below({ name: "audit-live-10000-rss", value: rss, unit: "MiB" }, 256)];
      } finally {
        await served.close();
      }
    }),
};

/** The audit of a saved account of 10,000 roles against reading and parsing its files. */
export const auditSnapshot: Bench = {
  figures: ["audit-snapshot-10000"],
  run: () =>
    withPrograms(async (programs) => {
      const folder = join(programs.folder, "snapshot");
      mkdirSync(folder);
      saveAccount(folder, makeAccount(10_000));
      const argv = ["audit", "--config", configFile(programs), "--snapshot", folder, "--format", "json"];
      const turns = await alternate(
        () => programs.rolecall(argv),
        () => programs.floor("floor-snapshot", [folder]),
        5,
      );
      return [
        withinFloor({ name: "audit-snapshot-10000", value: turns.subject, unit: "ms" }, turns.floor, 2),
      ];
    }),
};

async function withPrograms<T>(act: (programs: Programs) => Promise<T>): Promise<T> {
  const programs = await openPrograms();
  try {
    return await act(programs);
  } finally {
    programs.close();
  }
}

function configFile(programs: Programs): string {
  const path = join(programs.folder, "rolecall.yml");
  writeFileSync(path, madeConfig);
  return path;
}

const credentials = (url: string): NodeJS.ProcessEnv => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_REGION: "eu-west-1",
});
