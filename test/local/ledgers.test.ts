import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileLedger } from "../../lib/local/file-ledger.ts";
import { memoryLedger } from "../../lib/local/memory-ledger.ts";
import { ledgerContract } from "../contracts/ledger.ts";
import { observationFor } from "../ledger/samples.ts";

let folder = "";
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rolecall-ledger-"));
});
afterAll(() => rm(folder, { recursive: true }));

const nextPath = (): string => join(folder, "deep", `${count++}.json`);

ledgerContract("in memory", async () => memoryLedger());
ledgerContract("in a file", async () => fileLedger(nextPath()));

describe("a ledger's file", () => {
  const subject = "111122223333/role/a";
  const save = { expects: 0, observation: observationFor(subject), findings: [], alerts: [] };

  test("is for its owner only, and nothing else is left beside it", async () => {
    const path = nextPath();
    await fileLedger(path).save(save);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const name = path.split("/").at(-1) ?? "";
    expect((await readdir(join(folder, "deep"))).filter((one) => one.startsWith(name))).toEqual([name]);
  });

  test("is read again by the next process", async () => {
    const path = nextPath();
    await fileLedger(path).save(save);
    expect((await fileLedger(path).load(subject)).observation).toEqual(save.observation);
  });

  test("that is no ledger is refused and left as it is", async () => {
    for (const text of ["", "{", "[]", '{"ledger":9}']) {
      const path = nextPath();
      await fileLedger(path).save(save);
      await writeFile(path, text);
      await expect(fileLedger(path).load(subject), text).rejects.toThrow(path);
      await expect(fileLedger(path).save(save), text).rejects.toThrow(path);
      expect(await readFile(path, "utf8")).toBe(text);
    }
  });

  test("of a later version is refused", async () => {
    const path = nextPath();
    await fileLedger(path).save(save);
    await writeFile(path, (await readFile(path, "utf8")).replace('"schema": 1', '"schema": 7'));
    await expect(fileLedger(path).load(subject)).rejects.toThrow("schema 7");
  });

  test("is not locked for ever by a process that died", async () => {
    const path = nextPath();
    await fileLedger(path).save(save);
    await writeFile(`${path}.lock`, "");
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${path}.lock`, longAgo, longAgo);
    expect((await fileLedger(path).load(subject)).observation).toBeDefined();
  });
});
