import { firstExceeds } from "../comparison/cells.ts";
import type { Candidate, SearchOptions } from "../comparison/search.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { PolicySet, PolicyWitness, Request } from "../model.ts";
import { isPrincipalKey } from "../principal/match.ts";
import { actionsFor } from "./actions.ts";
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
  const { sets, budget } = options;
  const spend = (steps: number) => budget.spend(steps);
  let alignedInAll = 0;
  return (candidate) => {
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
    let tried = 0;
    for (const { request, latent } of requestsOf(candidate, contexts, options)) {
      if (pairs.length > 0 && ++tried > 2 && (tried > mostAligned || ++alignedInAll > mostAlignedInAll))
        break;
      if (!confirms(request)) continue;
      // What AWS sets from the principal, and what it sets together, stays whole.
      const isFixed = (key: string): boolean =>
        (candidate.principal !== undefined && isPrincipalKey(key)) ||
        pairs.some(({ keys }) => keys.includes(key.toLowerCase()));
      return { request: leastRequest(request, isFixed, confirms), latent };
    }
    return (
      doubt ??
      pairs[0]?.reason ??
      "the request that should prove a difference is not confirmed by the evaluator"
    );
  };
}

function* requestsOf(
  candidate: Candidate,
  contexts: readonly Context[],
  { sets, actions, budget }: SearchOptions,
): Iterable<PolicyWitness> {
  const { principal } = candidate;
  const spell = (action: string) => spelling(action, sets);
  for (const action of actionsFor(candidate, actions, spell, budget, sets[0].kind)) {
    for (const resource of resourcesFor(candidate, action)) {
      for (const context of contexts) {
        const request = {
          ...(principal && { principal: { type: principal.type, id: principal.id } }),
          action: action.name,
          ...(resource === undefined ? {} : { resource }),
          context,
        };
        yield { request, latent: action.latent };
      }
    }
  }
}

/** With only the keys that the proof needs. The search leaves out what it can: of many hardly one is to spare. */
function leastRequest(
  request: Request,
  isFixed: (key: string) => boolean,
  confirms: (request: Request) => boolean,
): Request {
  let least = request;
  const keys = Object.keys(request.context).filter((key) => !isFixed(key));
  for (const key of keys.length > mostDropped ? [] : keys) {
    const { [key]: _, ...context } = least.context;
    const less = { ...least, context };
    if (confirms(less)) least = less;
  }
  return least;
}

/** Contexts that may prove it, in which the pairs agree that are asked for. */
function contextsOf(
  { principal, difference }: Candidate,
  { grants, assignment = new Map() }: SearchOptions,
): { readonly contexts: readonly Context[]; readonly pairs: readonly Pair[] } {
  const values = new Map([...assignment, ...difference.values]);
  const spell = (key: string) => grants.spelling.get(key) ?? key;
  const context = Object.create(null) as Record<string, string | readonly string[]>;
  for (const [key, value] of values) if (value !== undefined) context[spell(key)] = value;
  const compared = (key: string) => grants.tests.flatMap((test) => (test.key === key ? test.values : []));
  const pairs = pairsAsked((key) => values.has(key), principal !== undefined);
  return { contexts: alignContext(context, pairs, spell, compared), pairs };
}

/** An action in lower case as one of the documents writes it. */
const spelling = (action: string, sets: readonly PolicySet[]): string =>
  sets
    .flatMap(({ documents }) => documents)
    .flatMap(({ statements }) => statements)
    .flatMap(({ actions }) => actions.patterns)
    .find((pattern) => pattern.length === action.length && pattern.toLowerCase() === action) ?? action;
