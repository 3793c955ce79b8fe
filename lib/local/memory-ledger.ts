import type { Cause } from "../change/model.ts";
import { conflicts } from "../ledger/conflict.ts";
import type { Finding, LedgerSave, Observation, PendingAlert } from "../ledger/model.ts";
import type { LedgerPort } from "../ledger/port.ts";

/** Everything a ledger holds, as plain values. */
export interface LedgerState {
  readonly observations: Map<string, Observation>;
  readonly findings: Map<string, Finding>;
  readonly pending: Map<string, PendingAlert>;
  /** By subject, then by event. */
  readonly notes: Map<string, Map<string, Cause>>;
  readonly leases: Map<string, { readonly owner: string; readonly until: string }>;
}

export const emptyLedgerState = (): LedgerState => ({
  observations: new Map(),
  findings: new Map(),
  pending: new Map(),
  notes: new Map(),
  leases: new Map(),
});

/** A ledger in memory, over a state that can be looked into. */
export function memoryLedger(state: LedgerState = emptyLedgerState()): LedgerPort {
  const { observations, findings, pending, notes, leases } = state;
  return {
    load: async (subject) => {
      const observation = observations.get(subject);
      return {
        ...(observation === undefined ? {} : { observation }),
        findings: [...findings.values()].filter((finding) => finding.subject === subject),
      };
    },
    observations: async (account) => [...observations.values()].filter((one) => one.account === account),
    openFindings: async (account) =>
      [...findings.values()].filter((one) => one.account === account && one.state !== "closed"),
    save: async (save) => {
      if (conflicts(observations.get(save.observation.subject), save)) return "conflict";
      apply(state, save);
      return "saved";
    },
    pending: async (limit) =>
      [...pending.values()]
        .sort((a, b) => (a.pendingSince < b.pendingSince ? -1 : a.pendingSince > b.pendingSince ? 1 : 0))
        .slice(0, limit),
    clear: async (ids) => {
      for (const id of ids) pending.delete(id);
    },
    note: async (subject, cause) => {
      const kept = notes.get(subject) ?? new Map<string, Cause>();
      notes.set(subject, kept.set(cause.event, cause));
    },
    noted: async (subject) => [...(notes.get(subject)?.values() ?? [])],
    forget: async (subject, causes) => {
      for (const { event } of causes) notes.get(subject)?.delete(event);
    },
    lease: async (name, owner, now, until) => {
      const held = leases.get(name);
      if (held !== undefined && held.owner !== owner && held.until > now) return false;
      leases.set(name, { owner, until });
      return true;
    },
    release: async (name, owner) => {
      if (leases.get(name)?.owner === owner) leases.delete(name);
    },
  };
}

function apply(state: LedgerState, save: LedgerSave): void {
  state.observations.set(save.observation.subject, save.observation);
  for (const finding of save.findings) state.findings.set(finding.id, finding);
  for (const alert of save.alerts) state.pending.set(alert.id, alert);
}
