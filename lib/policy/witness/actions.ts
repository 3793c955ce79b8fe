import { serviceOf } from "../action/dimension.ts";
import type { ExistingAction, ExistingActions } from "../actions/existing-actions.ts";
import type { Budget } from "../comparison/budget.ts";
import type { ResourceStep } from "../comparison/grants.ts";
import type { Candidate } from "../comparison/search.ts";
import type { TextCell } from "../comparison/text-cells.ts";
import type { Pattern } from "../glob/pattern.ts";
import type { PolicyKind, Principal } from "../model.ts";
import { firstFew } from "./first-few.ts";

export interface NamedAction {
  readonly name: string;
  /** The form of ARNs that it is about, when known; `*`: none. */
  readonly shape: string | undefined;
  /** It does not exist today, as far as is known. */
  readonly latent: boolean;
}

/** Steps that looking for an existing action may cost: a made-up one is a proof as well. */
const mostSteps = 250_000;

/** Actions of a candidate's cell, at most two that exist today first; `spell` knows how a document writes an action. */
export function* actionsFor(
  { action: cell, principal }: Candidate,
  existing: ExistingActions | undefined,
  spell: (action: string) => string,
  budget: Budget,
  kind: PolicyKind,
): Iterable<NamedAction> {
  // Where several would do, the one that people look for, or that who asks can call.
  const likely = principal === undefined ? "iam:passrole" : assumingAction(principal);
  const holdsLikely = cell.examples.includes(likely) || (kind === "trust" && cell.holds(likely));
  const examples = holdsLikely ? [...new Set([likely, ...cell.examples])] : cell.examples;
  if (existing !== undefined) {
    for (const { action, shape } of firstFew(2, existingIn(cell, examples, existing, budget, kind)))
      yield { name: action, shape: shape ?? "*", latent: false };
  }
  for (const text of examples) {
    const whole = wholeAction(text, cell);
    if (whole === undefined) continue;
    yield { name: spell(whole), shape: undefined, latent: existing !== undefined };
    return;
  }
}

/** The action by which a principal assumes a role. */
export function assumingAction({ type, id }: Principal): string {
  if (type !== "Federated") return "sts:assumerole";
  return id.includes(":saml-provider/") ? "sts:assumerolewithsaml" : "sts:assumerolewithwebidentity";
}

/** Services in which people look first. */
const wellKnown = ["s3", "ec2", "iam", "sts", "kms", "lambda"];

/** The existing ones of a cell: among its examples, or else among all that it can hold. */
function* existingIn(
  { holds, wild }: TextCell<ResourceStep>,
  examples: readonly string[],
  existing: ExistingActions,
  budget: Budget,
  kind: PolicyKind,
): Iterable<ExistingAction> {
  let found = false;
  for (const example of examples) {
    const action = existing.find(example);
    if (action === undefined) continue;
    found = true;
    yield action;
  }
  if (found) return;
  const most = budget.spent + mostSteps;
  const starts = new Set(wild?.map(startOf) ?? [...examples.map(startOf), undefined]);
  if (starts.delete(undefined)) {
    for (const service of [...(kind === "trust" ? ["sts"] : wellKnown), ...existing.services])
      starts.add(`${service}:`);
  }
  for (const start of starts) {
    for (const one of existing.beginningWith(start ?? "")) {
      if (budget.spent > most) return;
      budget.spend(wild?.length ?? 1);
      const action = one.action.toLowerCase();
      if (wild?.some((pattern) => pattern.matches(action, budget)) !== false && holds(action)) yield one;
    }
  }
}

/** How all that a pattern matches begins: `s3:Get`, or `s3:` for a text; undefined when in several services. */
function startOf(pattern: Pattern | string): string | undefined {
  if (typeof pattern === "string") {
    const service = serviceOf(pattern);
    return service && `${service}:`;
  }
  const { start } = pattern;
  return start.includes(":") ? start : undefined;
}

/** An action has a service and a name; the shortest text of a cell may lack them. */
function wholeAction(text: string, cell: TextCell<ResourceStep>): string | undefined {
  if (isWhole(text)) return text;
  const more = [`s3${text}`, `x${text}`, `${text}x`, `${text}:x`, `x${text}:x`, `x${text}x`];
  return more.find((one) => isWhole(one) && cell.holds(one));
}

const isWhole = (action: string): boolean => /^[^:]+:[^:]+$/.test(action);
