import type { LedgerSave, Observation } from "../../lib/ledger/model.ts";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import { emptyLedgerState, memoryLedger } from "../../lib/local/memory-ledger.ts";

type Lie = (stored: Observation | undefined, save: LedgerSave) => LedgerSave;

/** A memory ledger whose conditional write was tampered with. */
function weakened(lie: Lie): LedgerPort {
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
}

const pastObserved = (save: LedgerSave): LedgerSave => ({
  ...save,
  observation: { ...save.observation, observedAt: "9999-01-01T00:00:00.000Z" },
});

/** Its write is not conditional at all. */
export const unconditional = (): LedgerPort =>
  weakened((stored, save) => ({ ...pastObserved(save), expects: stored?.version ?? 0 }));

/** An older observation may replace a newer one. */
export const ageless = (): LedgerPort => weakened((_, save) => pastObserved(save));
