import type { Alert } from "../notify/alert.ts";
import { type Finding, findingsPerSave, type LedgerSave, ledgerSchema, type PendingAlert } from "./model.ts";
import type { Transition } from "./transition.ts";

/**
 * A transition as atomic writes, each finding together with its alerts. Almost always one; a region with
 * hundreds of findings takes several, and a crash between them leaves what a further pass completes:
 * the recorded calls are let go of, and all is said to have been seen, only with the last.
 */
export function savesOf(transition: Transition, pendingSince: string): readonly LedgerSave[] {
  const { observation } = transition;
  const { whole: _whole, ...begun } = observation;
  const parts = partsOf(transition);
  return parts.map(({ findings, alerts }, part): LedgerSave => {
    const last = part === parts.length - 1;
    return {
      expects: observation.version - 1 + part,
      ...(part === 0 ? {} : { continues: true }),
      observation: {
        ...(last
          ? observation
          : { ...begun, causes: transition.causes.causes, causesOmitted: transition.causes.omitted }),
        version: observation.version + part,
      },
      findings,
      alerts: alerts.map(
        (alert): PendingAlert => ({ schema: ledgerSchema, id: alert.id, pendingSince, alert }),
      ),
    };
  });
}

/** Characters of JSON in one part: DynamoDB takes 4 MB at once, and a character is up to three bytes. */
const room = 1_000_000;

interface Part {
  readonly findings: Finding[];
  readonly alerts: Alert[];
}

/** What an intruder's calls name is told with each finding: few may be as large as many. */
function partsOf(transition: Transition): readonly Part[] {
  const told = new Map<string, Alert[]>();
  for (const alert of transition.alerts) told.set(alert.finding, [...(told.get(alert.finding) ?? []), alert]);
  let part: Part = { findings: [], alerts: [] };
  const parts = [part];
  let size = 0;
  for (const finding of transition.findings) {
    const alerts = told.get(finding.id) ?? [];
    const more = JSON.stringify([finding, alerts]).length;
    if (part.findings.length === findingsPerSave || (size > 0 && size + more > room)) {
      part = { findings: [], alerts: [] };
      parts.push(part);
      size = 0;
    }
    part.findings.push(finding);
    part.alerts.push(...alerts);
    size += more;
  }
  return parts;
}
