import { expect, vi } from "vitest";
import { run } from "../../lib/cli/main.ts";
import type { Report } from "../../lib/model/report.ts";
import { fakeIo } from "./fake-io.ts";

/** `rolecall audit --format json` in a folder with a rolecall.yml, with this environment for its SDK. */
export async function auditInProcess(cwd: string, env: NodeJS.ProcessEnv): Promise<Report> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const io = fakeIo({ cwd, env });
    expect(await run(["audit", "--format", "json"], io), io.said.err).not.toBe(2);
    return JSON.parse(io.said.out) as Report;
  } finally {
    vi.unstubAllEnvs();
  }
}
