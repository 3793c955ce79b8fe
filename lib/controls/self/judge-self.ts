import type { Result } from "../../model/result.ts";
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

/** Judges Rolecall's own parts with the same verdicts as everything else. Pure. */
export const judgeSelf = (facts: SelfFacts, now: Date): readonly Result[] =>
  selfControls.flatMap((control) => control.evaluate(facts, now));
