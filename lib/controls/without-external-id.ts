import type { RemediationStep } from "../model/result.ts";
import type { Outcome } from "./control.ts";

/** Shorter values are words like any other: the name of an organization stands in the names of its roles. */
const tellingLength = 8;
const mask = "<configured>";

/**
 * An outcome without the configured ExternalId where it has no business to be: a Sid, a condition on
 * another key, an ARN. Where a condition asks for it by its own key it is masked before.
 */
export function withoutExternalId<T extends Outcome>(outcome: T, value: string | undefined): T {
  if (
    value === undefined ||
    value === "" ||
    (outcome.verdict !== "failed" && outcome.verdict !== "undecided")
  )
    return outcome;
  if (!JSON.stringify(outcome).includes(JSON.stringify(value).slice(1, -1))) return outcome;
  const hidden = hide(outcome, value) as T & { readonly steps: readonly RemediationStep[] };
  return { ...hidden, steps: outcome.steps.map((step) => hideIn(step, value)) };
}

function hide(from: unknown, value: string): unknown {
  if (typeof from === "string") {
    if (from === value) return mask;
    return value.length < tellingLength ? from : from.replaceAll(value, mask);
  }
  if (Array.isArray(from)) return from.map((item) => hide(item, value));
  if (typeof from !== "object" || from === null) return from;
  return Object.fromEntries(Object.entries(from).map(([key, item]) => [key, hide(item, value)]));
}

/** A command that would show it is left out: without it, it would do something else. */
function hideIn({ text, command }: RemediationStep, value: string): RemediationStep {
  const said = hide(text, value) as string;
  if (command === undefined) return { text: said };
  const shows =
    command.includes(JSON.stringify(value)) || (value.length >= tellingLength && command.includes(value));
  return shows
    ? {
        text: `${said} The command would show the ExternalId, which stands where none belongs: edit it by hand.`,
      }
    : { text: said, command };
}
