import { loadActions } from "../../lib/policy/actions/load-actions.ts";
import { compare } from "../../lib/policy/compare.ts";
import { evaluate } from "../../lib/policy/evaluate/evaluate.ts";
import type { Comparison, Exceeds, PolicySet, Request } from "../../lib/policy/model.ts";
import { type Case, policySet } from "./case.ts";
import { Random } from "./random.ts";
import { makeRequest, vocabularyOf } from "./requests.ts";

/** What is wrong with a comparison, and the request that shows it. */
export interface Disagreement {
  readonly what:
    | "a request contradicts the verdict"
    | "a witness is not confirmed"
    | "a witness is latent for no reason, or not latent for no reason"
    | "a known direction came out otherwise"
    | "comparing threw";
  readonly side?: "first" | "second";
  readonly request?: Request;
  readonly detail?: string;
}

export interface Attacked {
  readonly comparison?: Comparison;
  /** Requests that were decided on both sides, against a verdict under attack. */
  readonly checks: number;
  /** Requests that the evaluator could not decide. */
  readonly uncertain: number;
  readonly disagreement?: Disagreement;
}

const actions = await loadActions();

/** Compares a case and attacks what comes out with that many requests. Undefined when a document is not valid. */
export function attack(item: Case, seed: number, requests: number): Attacked | undefined {
  const [first, second] = [policySet(item.kind, item.first), policySet(item.kind, item.second)];
  if (first === undefined || second === undefined) return undefined;
  let comparison: Comparison;
  try {
    comparison = compare(first, second, { actions });
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { checks: 0, uncertain: 0, disagreement: { what: "comparing threw", detail } };
  }
  const wrong = wrongWitness(comparison, first, second) ?? wrongDirection(item, comparison);
  if (wrong !== undefined) return { comparison, checks: 0, uncertain: 0, disagreement: wrong };
  return attackVerdicts(item, comparison, [first, second], seed, requests);
}

function attackVerdicts(
  item: Case,
  comparison: Comparison,
  [first, second]: readonly [PolicySet, PolicySet],
  seed: number,
  requests: number,
): Attacked {
  const isNone = {
    first: comparison.firstExceeds.verdict === "none",
    second: comparison.secondExceeds.verdict === "none",
  };
  let [checks, uncertain] = [0, 0];
  if (!isNone.first && !isNone.second) return { comparison, checks, uncertain };
  const vocabulary = vocabularyOf(item);
  const random = new Random(seed);
  // What AWS's rules leave open does not count: other requests are made in its place, up to a bound.
  for (let count = 0; checks < requests && count < 3 * requests; count++) {
    const request = makeRequest(vocabulary, random);
    const [one, other] = [evaluate(request, first).verdict, evaluate(request, second).verdict];
    if (one === "uncertain" || other === "uncertain") {
      uncertain++;
      continue;
    }
    checks++;
    if (one === other) continue;
    const side = one === "allowed" ? "first" : "second";
    if (!isNone[side]) continue;
    return {
      comparison,
      checks,
      uncertain,
      disagreement: { what: "a request contradicts the verdict", side, request },
    };
  }
  return { comparison, checks, uncertain };
}

function wrongWitness(comparison: Comparison, first: PolicySet, second: PolicySet): Disagreement | undefined {
  const sides = [
    ["first", comparison.firstExceeds, first, second],
    ["second", comparison.secondExceeds, second, first],
  ] as const;
  for (const [side, exceeds, allows, denies] of sides) {
    if (exceeds.verdict !== "proven") continue;
    if (exceeds.witnesses.length === 0)
      return { what: "a witness is not confirmed", side, detail: "there is none" };
    for (const { request, latent } of exceeds.witnesses) {
      if ((actions.find(request.action) === undefined) !== latent)
        return { what: "a witness is latent for no reason, or not latent for no reason", side, request };
      const confirmed =
        evaluate(request, allows).verdict === "allowed" && evaluate(request, denies).verdict === "denied";
      if (!confirmed) return { what: "a witness is not confirmed", side, request };
    }
  }
  return undefined;
}

function wrongDirection(
  { known }: Case,
  { firstExceeds, secondExceeds }: Comparison,
): Disagreement | undefined {
  const proven = (exceeds: Exceeds): Request | undefined =>
    exceeds.verdict === "proven" ? exceeds.witnesses[0]?.request : undefined;
  const one = known === "equivalent" || known === "first-within-second" ? proven(firstExceeds) : undefined;
  const other = known === "equivalent" || known === "second-within-first" ? proven(secondExceeds) : undefined;
  const request = one ?? other;
  if (request === undefined) return undefined;
  return {
    what: "a known direction came out otherwise",
    side: one === undefined ? "second" : "first",
    request,
  };
}
