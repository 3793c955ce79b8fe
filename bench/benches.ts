import { auditLive, auditMemory, auditSnapshot } from "./audit.ts";
import { cliHelp } from "./cli-help.ts";
import { compareHostile } from "./compare-hostile.ts";
import { compareReal } from "./compare-real.ts";
import { compareUnchanged } from "./compare-unchanged.ts";
import { eventToAlert } from "./event-to-alert.ts";
import type { Bench } from "./figure.ts";
import { coldStarts, engineBundle, functionBundles } from "./functions.ts";
import { ledgerTransition } from "./ledger-transition.ts";
import { tags, tagsGrowth } from "./tags.ts";

/** In the order of the table. */
export const benches: readonly Bench[] = [
  compareReal,
  compareUnchanged,
  compareHostile,
  tags,
  tagsGrowth,
  ledgerTransition,
  cliHelp,
  auditLive,
  auditMemory,
  auditSnapshot,
  engineBundle,
  functionBundles,
  coldStarts,
  eventToAlert,
];
