import type { Finding } from "./model.ts";
import type { TransitionSettings } from "./settings.ts";
import { apart } from "./time.ts";

const day = 86_400;
const mostFlips = 20;
/** Contents told while it flaps; whoever makes it flap with ever new content is told of no more. */
export const mostFlapping = 20;

/** The finding with one more opening or closing; those of the last day count. */
export function flip(finding: Finding, at: string): Finding {
  const recent = finding.flips.filter((then) => !apart(then, at, day));
  return { ...finding, flips: [...recent, at].slice(-mostFlips) };
}

export const beginsToFlap = (finding: Finding, settings: TransitionSettings): boolean =>
  finding.flapping === undefined && finding.flips.length > settings.flapsAfter;

/** A flapping finding that kept its state for long enough. */
export const cameToRest = (finding: Finding, at: string, settings: TransitionSettings): boolean =>
  finding.flapping !== undefined && apart(finding.flips.at(-1) ?? "", at, settings.flapQuietSeconds);
