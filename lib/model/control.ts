import type { ResourceType } from "./result.ts";
import type { Severity } from "./severity.ts";

/** What is said of a control apart from its logic: docs/controls.md is generated from it. */
export interface ControlInfo {
  /** Kebab-case, stable for ever: ledgers and suppressions hold it. */
  readonly id: string;
  /** The desired state, as a sentence. */
  readonly title: string;
  readonly severity: Severity;
  readonly resource: ResourceType;
  /** What the platforms' documents say, in a sentence or two, with the source. */
  readonly rationale: string;
}
