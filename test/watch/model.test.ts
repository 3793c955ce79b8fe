import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import { memoryLedger } from "../../lib/local/memory-ledger.ts";
import { commandsFor, overtaken, play } from "./commands.ts";
import type { Chaos } from "./simulation.ts";
import { ageless, unconditional } from "./weakened.ts";

/** More runs find more: `MODEL_RUNS=5000 npx vitest run test/watch/model.test.ts`. */
const numRuns = Number(process.env["MODEL_RUNS"] ?? 60);

const wild: Chaos = { loses: false, crashes: true };
const lossy: Chaos = { loses: true, crashes: true };

const ends = (chaos: Chaos, fresh: () => LedgerPort) =>
  fc.asyncProperty(commandsFor(chaos), fc.integer(), async (commands, seed) => {
    expect(await play(commands, seed, chaos, fresh())).toEqual([]);
  });

describe("whatever happens, the ledger ends equal to a fresh audit, and everything was told", () => {
  test("events late, twice and out of order; slow audits; three functions at once; any of them may die", async () => {
    await fc.assert(ends(wild, memoryLedger), { numRuns });
  }, 3_600_000);

  test("and with events lost and reads denied, once the schedule came round", async () => {
    await fc.assert(ends(lossy, memoryLedger), { numRuns });
  }, 3_600_000);
});

test("whoever is known only after a schedule saw what they did is told, once", async () => {
  let followed = 0;
  const late = fc.asyncProperty(overtaken, fc.integer(), async (commands, seed) => {
    const wrong = await play(commands, seed, wild, memoryLedger(), (alerts) => {
      for (const { explains } of alerts) if (explains !== undefined) followed++;
    });
    expect(wrong).toEqual([]);
  });
  await fc.assert(late, { numRuns });
  expect(followed).toBeGreaterThan(numRuns / 10);
}, 3_600_000);

describe("the test notices", () => {
  test("when the write is not conditional", async () => {
    const seen = await fc.check(ends(wild, unconditional), { numRuns: 300, seed: 1, endOnFailure: true });
    expect(seen.failed).toBe(true);
  }, 120_000);

  test("when an older observation may replace a newer one", async () => {
    const seen = await fc.check(ends(wild, ageless), { numRuns: 600, seed: 1, endOnFailure: true });
    expect(seen.failed).toBe(true);
  }, 120_000);
});
