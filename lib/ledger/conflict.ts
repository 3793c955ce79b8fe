import type { LedgerSave, Observation } from "./model.ts";

/** The rule of the conditional write, for adapters that can run code where they store. */
export function conflicts(stored: Observation | undefined, save: LedgerSave): boolean {
  if ((stored?.version ?? 0) !== save.expects) return true;
  if (stored === undefined) return false;
  const { observedAt } = save.observation;
  return save.continues === true ? stored.observedAt > observedAt : stored.observedAt >= observedAt;
}
