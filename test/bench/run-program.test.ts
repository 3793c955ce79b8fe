import { describe, expect, test } from "vitest";
import { run } from "../../bench/run-program.ts";

describe("a program that is measured", () => {
  test("a bare minimum that breaks off is no figure", async () => {
    await expect(run(["-e", "throw new Error('no account')"], [0])).rejects.toThrow("no account");
    await expect(run(["-e", "process.kill(process.pid, 'SIGKILL')"], [0])).rejects.toThrow("failed (null)");
    expect(await run(["-e", "0"], [0])).toMatchObject({ code: 0 });
  });

  test("an audit may end with findings, not with a crash that ends alike", async () => {
    expect(await run(["-e", "console.log('{}'); process.exit(1)"], [0, 1, 3])).toMatchObject({ code: 1 });
    await expect(run(["-e", "throw new Error('broken')"], [0, 1, 3])).rejects.toThrow("broken");
    await expect(run(["-e", "process.exit(2)"], [0, 1, 3])).rejects.toThrow("failed (2)");
  });
});
