import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { loadConfig } from "../../lib/config/load-config.ts";
import { fileLedger } from "../../lib/local/file-ledger.ts";
import { type Bundle, bundleFunction } from "../support/bundle-function.ts";
import { repository } from "../support/emulator/toolbox.ts";

const account = "731984205316";
type Handler = (event: unknown, context: unknown) => Promise<Readonly<Record<string, unknown>>>;

/** What `serverless invoke local` does, without its five seconds of starting for each event. */
describe("a function invoked locally", () => {
  let bundle: Bundle;
  let handler: Handler;
  let folder: string;
  // The framework gives no ARN of a function.
  const context = { awsRequestId: "r" };

  beforeAll(async () => {
    const compiled = loadConfig(join(repository, "examples", "documented-names.yml"));
    if (!compiled.ok) throw new Error("the example configuration is wrong");
    bundle = await bundleFunction("functions/on-change.ts", compiled.config, { local: true });
    await writeFile(join(bundle.folder, "package.json"), '{"type":"module"}');
    folder = await mkdtemp(join(tmpdir(), "rolecall-local-"));
    vi.stubEnv("IS_LOCAL", "true");
    vi.stubEnv("POWERTOOLS_LOG_LEVEL", "SILENT");
    vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "true");
    vi.stubEnv("ROLECALL_SNAPSHOT", join(repository, "examples", "account"));
    vi.stubEnv("ROLECALL_LEDGER", join(folder, "ledger.json"));
    ({ handler } = (await import(pathToFileURL(bundle.entry).href)) as { handler: Handler });
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await bundle.remove();
    await rm(folder, { recursive: true, force: true });
  });

  test("takes every sample as it lies in events/, against the example account and a ledger in a file", async () => {
    let taken = 0;
    for (const kind of ["iam", "ec2", "tag", "self", "odd"]) {
      for (const file of await readdir(join(repository, "events", kind))) {
        const event: unknown = JSON.parse(await readFile(join(repository, "events", kind, file), "utf8"));
        const outcome = await handler(event, context);
        expect(outcome, `${kind}/${file}`).toMatchObject({ failed: [], malformed: 0 });
        expect(Number(outcome["changes"]) + Number(outcome["ignored"]), `${kind}/${file}`).toBe(1);
        taken++;
      }
    }
    expect(taken).toBe(117);
    expect((await fileLedger(join(folder, "ledger.json")).observations(account)).length).toBeGreaterThan(0);
  }, 60_000);

  test("takes the same event in a queue's batch, and answers as a queue wants it", async () => {
    const body = await readFile(join(repository, "events", "iam", "CreateRole.json"), "utf8");
    const Records = [
      { messageId: "good", body },
      { messageId: "poison", body: "no JSON" },
    ];
    expect(await handler({ Records }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: "poison" }],
    });
  });
});
