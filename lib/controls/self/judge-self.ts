import type { Result } from "../../model/result.ts";
import type { Severity } from "../../model/severity.ts";
import { asDeployedControls } from "./as-deployed.ts";
import type { SelfControl } from "./control.ts";
import type { SelfFacts } from "./model.ts";
import { auditAgeControl, deadLetterControl, ledgerLagControl, subscriptionControl } from "./telling.ts";
import { trailControl } from "./trail.ts";

/** Every control on Rolecall itself. */
export const selfControls: readonly SelfControl[] = [
  trailControl,
  ...asDeployedControls,
  subscriptionControl,
  deadLetterControl,
  ledgerLagControl,
  auditAgeControl,
];

/** As `severities` of the whole configuration may name them. */
export const selfControlIds: readonly string[] = selfControls.map(({ id }) => id);

/**
 * Judges Rolecall's own parts with the same verdicts as everything else, with the severities that the
 * configuration gives. Pure.
 */
export const judgeSelf = (
  facts: SelfFacts,
  now: Date,
  severities: Readonly<Record<string, Severity>> = {},
): readonly Result[] =>
  selfControls.flatMap((control) =>
    control.evaluate(facts, now).map((result) => {
      const severity = Object.hasOwn(severities, control.id) ? severities[control.id] : undefined;
      return severity === undefined ? result : { ...result, severity };
    }),
  );
