import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LedgerSave, Observation } from "../../lib/ledger/model.ts";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import { emptyLedgerState, memoryLedger } from "../../lib/local/memory-ledger.ts";
import { commandsFor, play } from "./commands.ts";
import type { Chaos } from "./simulation.ts";

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

describe("the test notices", () => {
  /** A memory ledger whose conditional write was tampered with. */
  const weakened =
    (lie: (stored: Observation | undefined, save: LedgerSave) => LedgerSave) => (): LedgerPort => {
      const state = emptyLedgerState();
      const ledger = memoryLedger(state);
      return {
        ...ledger,
        save: async (save) => {
          const stored = state.observations.get(save.observation.subject);
          const outcome = await ledger.save(lie(stored, save));
          if (outcome === "saved") state.observations.set(save.observation.subject, save.observation);
          return outcome;
        },
      };
    };
  const later = "9999-01-01T00:00:00.000Z";
  const pastObserved = (save: LedgerSave): LedgerSave => ({
    ...save,
    observation: { ...save.observation, observedAt: later },
  });

  test("when the write is not conditional", async () => {
    const always = weakened((stored, save) => ({ ...pastObserved(save), expects: stored?.version ?? 0 }));
    const seen = await fc.check(ends(wild, always), { numRuns: 300, seed: 1, endOnFailure: true });
    expect(seen.failed).toBe(true);
  }, 120_000);

  test("when an older observation may replace a newer one", async () => {
    const anyAge = weakened((_, save) => pastObserved(save));
    const seen = await fc.check(ends(wild, anyAge), { numRuns: 600, seed: 1, endOnFailure: true });
    expect(seen.failed).toBe(true);
  }, 120_000);
});
