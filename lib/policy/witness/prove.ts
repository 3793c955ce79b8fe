import type { ExistingActions } from "../actions/existing-actions.ts";
import type { Budget } from "../comparison/budget.ts";
import { firstExceeds } from "../comparison/cells.ts";
import type { Grants } from "../comparison/grants.ts";
import type { Candidate, Prove } from "../comparison/search.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { Assignment } from "../glob/template.ts";
import type { PolicySet, PolicyWitness, Principal, Request } from "../model.ts";
import { isPrincipalKey } from "../principal/match.ts";
import { actionsFor, type NamedAction } from "./actions.ts";
import { alignContext } from "./correlated.ts";
import { resourcesFor } from "./resources.ts";

type Context = Readonly<Record<string, string | readonly string[]>>;

export interface ProveOptions {
  readonly sets: readonly [PolicySet, PolicySet];
  readonly grants: Grants;
  readonly assignment: Assignment | undefined;
  readonly actions: ExistingActions | undefined;
  readonly budget: Budget;
  /** About how many steps an evaluation takes. */
  readonly cost: number;
}

/** From contexts of more keys than this none is dropped: each try costs an evaluation. */
const mostDropped = 24;

/**
 * Turns candidates into requests, the likeliest to be real first, and lets the evaluator decide: what it
 * does not plainly allow on one side and deny on the other is no proof.
 */
export function proveWith(options: ProveOptions): Prove {
  return (candidate) => {
    const { sets, budget, cost } = options;
    const [more, less] = candidate.direction === firstExceeds ? sets : [sets[1], sets[0]];
    let doubt: string | undefined;
    const confirms = (request: Request): boolean => {
      budget.spend(cost);
      const granted = evaluate(request, more);
      const refused = evaluate(request, less);
      if (granted.verdict === "allowed" && refused.verdict === "denied") return true;
      for (const { verdict, reason } of [granted, refused]) if (verdict === "uncertain") doubt ??= reason;
      return false;
    };
    const context = contextOf(candidate, options);
    const spell = (action: string) => spelling(action, sets);
    for (const action of actionsFor(candidate.action, options.actions, spell, budget, more.kind)) {
      for (const resource of resourcesFor(candidate, action, options.assignment)) {
        const found = firstConfirmed(action, resource, candidate.principal, context, confirms);
        if (found !== undefined) return found;
      }
    }
    return doubt ?? "the request that should prove a difference is not confirmed by the evaluator";
  };
}

function firstConfirmed(
  action: NamedAction,
  resource: string | undefined,
  principal: Principal | undefined,
  context: Context,
  confirms: (request: Request) => boolean,
): PolicyWitness | undefined {
  const build = (values: Context): Request => ({
    ...(principal === undefined ? {} : { principal: { type: principal.type, id: principal.id } }),
    action: action.name,
    ...(resource === undefined ? {} : { resource }),
    context: values,
  });
  for (const aligned of alignContext(context)) {
    if (!confirms(build(aligned))) continue;
    // Only what the proof needs. The search leaves out what it can: of many keys hardly one is to spare.
    let least = aligned;
    const keys = Object.keys(aligned).filter((key) => principal === undefined || !isPrincipalKey(key));
    for (const key of keys.length > mostDropped ? [] : keys) {
      const { [key]: _, ...rest } = least;
      if (confirms(build(rest))) least = rest;
    }
    return { request: build(least), latent: action.latent };
  }
  return undefined;
}

function contextOf(candidate: Candidate, { grants, assignment }: ProveOptions): Context {
  const context = Object.create(null) as Record<string, string | readonly string[]>;
  for (const [key, value] of [...(assignment ?? []), ...candidate.difference.values]) {
    if (value !== undefined) context[grants.spelling.get(key) ?? key] = value;
  }
  return context;
}

/** An action in lower case as one of the documents writes it. */
function spelling(action: string, sets: readonly PolicySet[]): string {
  for (const { documents } of sets) {
    for (const { statements } of documents) {
      for (const { actions } of statements) {
        for (const pattern of actions.patterns) {
          if (pattern.length === action.length && pattern.toLowerCase() === action) return pattern;
        }
      }
    }
  }
  return action;
}
