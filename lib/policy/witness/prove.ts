import { firstExceeds } from "../comparison/cells.ts";
import type { Candidate, SearchOptions } from "../comparison/search.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { PolicySet, PolicyWitness, Principal, Request } from "../model.ts";
import { isPrincipalKey } from "../principal/match.ts";
import { actionsFor, type NamedAction } from "./actions.ts";
import { alignContext, type Context, type Pair, pairsAsked } from "./correlated.ts";
import { resourcesFor } from "./resources.ts";

/** From contexts of more keys than this none is dropped: each try costs an evaluation. */
const mostDropped = 24;
/** So many requests are tried for a candidate whose keys have to agree. */
const mostAligned = 36;
/** And so many in all; then the first two of each: where nothing fits, as much is left for other candidates. */
const mostAlignedInAll = 360;

/**
 * Turns candidates into requests, the likeliest to be real first, and lets the evaluator decide: what it
 * does not plainly allow on one side and deny on the other is no proof.
 */
export function proveWith(options: SearchOptions): (candidate: Candidate) => PolicyWitness | string {
  let triedInAll = 0;
  const spend = (steps: number) => options.budget.spend(steps);
  return (candidate) => {
    const { sets, budget } = options;
    const [more, less] = candidate.direction === firstExceeds ? sets : [sets[1], sets[0]];
    let doubt: string | undefined;
    const confirms = (request: Request): boolean => {
      const granted = evaluate(request, more, spend);
      const refused = evaluate(request, less, spend);
      if (granted.verdict === "allowed" && refused.verdict === "denied") return true;
      for (const { verdict, reason } of [granted, refused]) if (verdict === "uncertain") doubt ??= reason;
      return false;
    };
    const { contexts, pairs } = contextsOf(candidate, options);
    const spell = (action: string) => spelling(action, sets);
    let tried = 0;
    for (const action of actionsFor(candidate, options.actions, spell, budget, more.kind)) {
      for (const resource of resourcesFor(candidate, action)) {
        const build = requestsOf(action, resource, candidate.principal);
        for (const context of contexts) {
          if (pairs.length > 0 && ++tried > 2 && (tried > mostAligned || ++triedInAll > mostAlignedInAll))
            break;
          if (!confirms(build(context))) continue;
          const least = leastContext(
            context,
            (key) => isFixed(key, candidate, pairs),
            (rest) => confirms(build(rest)),
          );
          return { request: build(least), latent: action.latent };
        }
      }
    }
    return (
      doubt ??
      pairs[0]?.reason ??
      "the request that should prove a difference is not confirmed by the evaluator"
    );
  };
}

const requestsOf =
  ({ name }: NamedAction, resource: string | undefined, principal: Principal | undefined) =>
  (context: Context): Request => ({
    ...(principal === undefined ? {} : { principal: { type: principal.type, id: principal.id } }),
    action: name,
    ...(resource === undefined ? {} : { resource }),
    context,
  });

/** What AWS sets from the principal, and what it sets together, stays whole. */
const isFixed = (key: string, { principal }: Candidate, pairs: readonly Pair[]): boolean =>
  (principal !== undefined && isPrincipalKey(key)) ||
  pairs.some(({ keys }) => keys.includes(key.toLowerCase()));

/** Only what the proof needs. The search leaves out what it can: of many keys hardly one is to spare. */
function leastContext(
  context: Context,
  isFixed: (key: string) => boolean,
  confirms: (context: Context) => boolean,
): Context {
  let least = context;
  const keys = Object.keys(context).filter((key) => !isFixed(key));
  for (const key of keys.length > mostDropped ? [] : keys) {
    const { [key]: _, ...rest } = least;
    if (confirms(rest)) least = rest;
  }
  return least;
}

/** Contexts that may prove it, in which the pairs agree that are asked for. */
function contextsOf(
  { principal, difference: { values } }: Candidate,
  { grants, assignment }: SearchOptions,
): { readonly contexts: readonly Context[]; readonly pairs: readonly Pair[] } {
  const spell = (key: string) => grants.spelling.get(key) ?? key;
  const context = Object.create(null) as Record<string, string | readonly string[]>;
  for (const [key, value] of [...(assignment ?? []), ...values])
    if (value !== undefined) context[spell(key)] = value;
  if (values.size === 0 && assignment === undefined) return { contexts: [context], pairs: [] };
  const isAsked = (key: string) => values.has(key) || assignment?.has(key) === true;
  const compared = (key: string) =>
    grants.tests.filter((test) => test.key === key).flatMap((test) => test.values);
  const pairs = pairsAsked(isAsked, principal !== undefined);
  return { contexts: alignContext(context, pairs, spell, compared), pairs };
}

/** An action in lower case as one of the documents writes it. */
const spelling = (action: string, sets: readonly PolicySet[]): string =>
  sets
    .flatMap(({ documents }) => documents)
    .flatMap(({ statements }) => statements)
    .flatMap(({ actions }) => actions.patterns)
    .find((pattern) => pattern.length === action.length && pattern.toLowerCase() === action) ?? action;
