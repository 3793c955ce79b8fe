import type { ExistingActions } from "./actions/existing-actions.ts";
import { Budget, BudgetExhausted, defaultLimits } from "./comparison/budget.ts";
import type { Deed } from "./explanation/blocks.ts";
import type { Cause } from "./explanation/cause.ts";
import type { Change } from "./explanation/changes.ts";
import { findChanges } from "./explanation/find-changes.ts";
import { code, conditionsInWords } from "./explanation/names.ts";
import { deedInWords, underInWords } from "./explanation/phrases.ts";
import type { Grant } from "./explanation/probe.ts";
import { keysOf } from "./explanation/statements.ts";
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
 * Says in sentences what was proven: for each witness what else its statements grant, one sentence for all
 * that is granted in the same way. Every combination that a sentence names was put to the evaluator. Names
 * keys of conditions, never their values (one of them may be an ExternalId), but for the service that a role
 * is passed to. `actions`: those that exist today.
 */
export function explain(
  comparison: Comparison,
  first: PolicySet,
  second: PolicySet,
  actions?: ExistingActions,
): readonly Explanation[] {
  const sides = [
    { side: "first", exceeds: comparison.firstExceeds, more: first, less: second },
    { side: "second", exceeds: comparison.secondExceeds, more: second, less: first },
  ] as const;
  return sides.flatMap(({ side, exceeds, more, less }) =>
    exceeds.verdict === "proven" ? explainSide(side, exceeds.witnesses, more, less, actions) : [],
  );
}

/** A person waits for an explanation: it may cost some seconds. */
const explanationLimits = { ...defaultLimits, steps: 4 * defaultLimits.steps };

/** Undefined when the budget ran out. */
function withinBudget<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof BudgetExhausted) return undefined;
    throw error;
  }
}

/** Sentences a side. */
const mostSentences = 20;

function explainSide(
  side: Explanation["side"],
  witnesses: readonly PolicyWitness[],
  more: PolicySet,
  less: PolicySet,
  existing: ExistingActions | undefined,
): readonly Explanation[] {
  const kindOf = (grant: Grant, deed: Deed): string => {
    const cause: Cause = isUnlisted(grant.cause) ? { kind: "action" } : grant.cause;
    return [underInWords(grant, deed), causeInWords(cause, side, "it", "other")].join("\n");
  };
  const opening = side === "second" ? "may now also" : "may no longer";
  const found = withinBudget(() =>
    findChanges(witnesses, more, less, existing, kindOf, new Budget(explanationLimits)),
  );
  if (found === undefined || found.changes.length === 0) {
    return witnesses.slice(0, mostSentences).map((witness) => {
      const sentence = `${opening} call ${code(witness.request.action)} in some way; which change brings it could not be told`;
      return { side, sentence, witness };
    });
  }
  const { changes, isWhole } = found;
  return changes.slice(0, mostSentences).map((change, index, { length }) => {
    const sentence = `${opening} ${deedInWords(change)}: ${becauseOf(change, side)}`;
    const note = index === length - 1 ? noteOf(changes.length - length, isWhole) : "";
    return { side, sentence: `${sentence}${note}`, witness: witnessOf(change, witnesses, existing) };
  });
}

/** Said at the end, of what is not said. */
function noteOf(untold: number, isWhole: boolean): string {
  const notes = [
    ...(untold > 0
      ? [`${untold} more ${untold === 1 ? "difference is" : "differences are"} not told here`]
      : []),
    ...(isWhole ? [] : ["the statements list more than was looked at"]),
  ];
  return notes.length === 0 ? "" : ` (${notes.join("; ")})`;
}

/** Whether the other side has no Allow for it: only its lists say why. */
const isUnlisted = ({ kind }: Cause): boolean =>
  kind === "action" || kind === "resource" || kind === "principal";

function becauseOf({ actions, resources, grant, grants }: Change, side: Explanation["side"]): string {
  const [action] = actions;
  const subject = actions.length === 1 && action !== undefined ? action.item.name : "each";
  const within = resources.some(({ but }) => but.length > 0) ? "fewer" : "other";
  // What was put together for different reasons has in common that nothing allows it.
  const isOne = grants.every(({ cause }) => cause.kind === grant.cause.kind);
  return causeInWords(isOne ? grant.cause : { kind: "action" }, side, subject, within);
}

/** One of the witnesses, if a change is what it shows; else the request that was put to the evaluator. */
function witnessOf(
  change: Change,
  witnesses: readonly PolicyWitness[],
  existing: ExistingActions | undefined,
): PolicyWitness {
  const lists = [change.actions, change.resources, change.principals];
  const known = witnesses.find(({ request }) =>
    lists.every((named) =>
      named.some(({ item, but }) => [item, ...but].every((one, i) => one.holds(request) === (i === 0))),
    ),
  );
  const { request } = change.grant;
  return known ?? { request, latent: existing !== undefined && existing.find(request.action) === undefined };
}

/** Why one side allows it and the other does not; `within`: whether the other allows it on other resources, or on fewer. */
function causeInWords(
  cause: Cause,
  side: Explanation["side"],
  subject: string,
  within: "other" | "fewer",
): string {
  const gained = side === "second";
  switch (cause.kind) {
    case "denied":
      return `${denyInWords(cause.deny)} ${gained ? "no longer" : "now"} forbids it`;
    case "boundary":
      return `the permissions boundary ${gained ? "now" : "no longer"} lets it through`;
    case "action":
      return gained ? "no statement allowed it before" : "no statement allows it any more";
    case "resource": {
      const elsewhere = within === "other" ? "on other resources only" : "on fewer resources";
      return `${subject} ${gained ? "was" : "is now"} allowed ${elsewhere}`;
    }
    case "principal":
      return gained ? "who asks was not named for it before" : "who asks is no longer named for it";
    case "condition": {
      const keys = conditionsInWords(cause.keys);
      if (cause.dropped && cause.instead.length > 0)
        return gained ? `${subject} needed the ${keys} before` : `${subject} now needs the ${keys}`;
      if (cause.dropped) return gained ? `${subject} lost its ${keys}` : `${subject} gained the ${keys}`;
      return `the ${keys} of ${subject} became ${gained ? "wider" : "narrower"}`;
    }
    default:
      return cause satisfies never;
  }
}

function denyInWords(deny: Statement): string {
  const name = deny.sid === undefined ? "a Deny" : `the Deny ${code(deny.sid)}`;
  const keys = keysOf(deny);
  return keys.length === 0 ? name : `${name} under the ${conditionsInWords(keys)}`;
}
