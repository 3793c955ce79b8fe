import { evaluate } from "./evaluate/evaluate.ts";
import { type Cause, causeOf } from "./explanation/cause.ts";
import { conditionsInWords, deedOf } from "./explanation/phrases.ts";
import { allowingStatement, keysOf } from "./explanation/statements.ts";
import type { Comparison, PolicySet, PolicyWitness, Statement } from "./model.ts";

/** One changed grant: what may be done on one side only, and which change makes the difference. */
export interface Explanation {
  /** The side that allows it. */
  readonly side: "first" | "second";
  /**
   * Without subject or full stop, and told as a change from the first to the second: "may now also pass any
   * role to EC2: `iam:PassRole` lost its condition `iam:PassedToService`", "may no longer call …".
   */
  readonly sentence: string;
  /** Proves it. */
  readonly witness: PolicyWitness;
}

/**
 * Says in sentences what was proven, one for each changed grant, not one for each action. Names keys of
 * conditions, never their values (one of them may be an ExternalId), but for the service that a role is
 * passed to.
 */
export function explain(comparison: Comparison, first: PolicySet, second: PolicySet): readonly Explanation[] {
  const explanations: Explanation[] = [];
  const sides = [
    { side: "first", exceeds: comparison.firstExceeds, more: first, less: second },
    { side: "second", exceeds: comparison.secondExceeds, more: second, less: first },
  ] as const;
  for (const { side, exceeds, more, less } of sides) {
    if (exceeds.verdict !== "proven") continue;
    const told = new Set<string>();
    for (const witness of exceeds.witnesses) {
      const sentence = sentenceFor(witness, more, less, side);
      if (told.has(sentence)) continue;
      told.add(sentence);
      explanations.push({ side, sentence, witness });
    }
  }
  return explanations;
}

function sentenceFor(
  witness: PolicyWitness,
  more: PolicySet,
  less: PolicySet,
  side: Explanation["side"],
): string {
  const { request } = witness;
  const opening = side === "second" ? "may now also" : "may no longer";
  const grant = allowingStatement(evaluate(request, more), more);
  if (grant === undefined) return `${opening} call \`${request.action}\``;
  const cause = causeOf(request, grant, less);
  const told = side === "second" ? gained(cause, request.action) : lost(cause, request.action);
  return `${opening} ${deedOf(witness, grant, cause, less)}: ${told}`;
}

/** Why the second side allows what the first did not. */
function gained(cause: Cause, action: string): string {
  switch (cause.kind) {
    case "denied":
      return `${denyInWords(cause.deny)} no longer forbids it`;
    case "boundary":
      return "the permissions boundary now lets it through";
    case "action":
      return "no statement allowed it before";
    case "resource":
      return `\`${action}\` was allowed on other resources only`;
    case "principal":
      return "who asks was not named before";
    case "condition":
      if (cause.dropped && cause.instead.length > 0)
        return `\`${action}\` needed the ${conditionsInWords(cause.keys)} before`;
      return cause.dropped
        ? `\`${action}\` lost its ${conditionsInWords(cause.keys)}`
        : `the ${conditionsInWords(cause.keys)} of \`${action}\` became wider`;
    default:
      return cause satisfies never;
  }
}

/** Why the second side does not allow what the first did. */
function lost(cause: Cause, action: string): string {
  switch (cause.kind) {
    case "denied":
      return `${denyInWords(cause.deny)} now forbids it`;
    case "boundary":
      return "the permissions boundary no longer lets it through";
    case "action":
      return "no statement allows it any more";
    case "resource":
      return `\`${action}\` is now allowed on other resources only`;
    case "principal":
      return "who asks is no longer named";
    case "condition":
      if (cause.dropped && cause.instead.length > 0)
        return `\`${action}\` now needs the ${conditionsInWords(cause.keys)}`;
      return cause.dropped
        ? `\`${action}\` gained the ${conditionsInWords(cause.keys)}`
        : `the ${conditionsInWords(cause.keys)} of \`${action}\` became narrower`;
    default:
      return cause satisfies never;
  }
}

function denyInWords(deny: Statement): string {
  const name = deny.sid === undefined ? "a Deny" : `the Deny \`${deny.sid}\``;
  const keys = keysOf(deny);
  return keys.length === 0 ? name : `${name} under the ${conditionsInWords(keys)}`;
}
