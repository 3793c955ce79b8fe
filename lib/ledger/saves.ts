import { findingsPerSave, type LedgerSave, ledgerSchema, type PendingAlert } from "./model.ts";
import type { Transition } from "./transition.ts";

/**
 * A transition as atomic writes, each finding together with its alerts. Almost always one; a region with
 * hundreds of findings takes several, and a crash between them leaves what a further pass completes:
 * the recorded calls are let go of, and all is said to have been seen, only with the last.
 */
export function savesOf(transition: Transition, pendingSince: string): readonly LedgerSave[] {
  const { observation, findings, alerts } = transition;
  const { whole: _whole, ...begun } = observation;
  const parts = Math.max(1, Math.ceil(findings.length / findingsPerSave));
  return Array.from({ length: parts }, (_, part): LedgerSave => {
    const some = findings.slice(part * findingsPerSave, (part + 1) * findingsPerSave);
    const ids = new Set(some.map((finding) => finding.id));
    const last = part === parts - 1;
    return {
      expects: observation.version - 1 + part,
      ...(part === 0 ? {} : { continues: true }),
      observation: {
        ...(last
          ? observation
          : { ...begun, causes: transition.causes.causes, causesOmitted: transition.causes.omitted }),
        version: observation.version + part,
      },
      findings: some,
      alerts: alerts
        .filter((alert) => ids.has(alert.finding))
        .map((alert): PendingAlert => ({ schema: ledgerSchema, id: alert.id, pendingSince, alert })),
    };
  });
}
