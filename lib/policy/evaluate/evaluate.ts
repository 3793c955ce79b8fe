import type { Policy, PolicySet, Request } from "../model.ts";
import { isUnsure } from "./answer.ts";
import { RequestContext } from "./context.ts";
import type { Spend } from "./pattern.ts";
import { matchStatement } from "./statement.ts";

/** One statement that had a say in a decision. */
export interface DecidingStatement {
  readonly from: "documents" | "boundary";
  /** Which document of the set, from 0. */
  readonly document: number;
  /** JSON pointer of the statement in it. */
  readonly place: string;
  readonly sid?: string | undefined;
  readonly effect: "Allow" | "Deny";
}

export interface Decision {
  /** `uncertain`: AWS's rules do not say, or sources tell it differently. */
  readonly verdict: "allowed" | "denied" | "uncertain";
  readonly allowed: boolean;
  /** The statements that settled it: those that deny, else those that allow, else those in doubt. Empty: nothing allows it. */
  readonly decidedBy: readonly DecidingStatement[];
  readonly reason: string;
}

/**
 * Whether a set of policies allows one request: a plain reading of AWS's rules. It shares nothing with the
 * comparison but the parser, for it is what the comparison's proofs have to pass.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * `spend` bounds it: it is told of the work that is done, in steps, and may throw.
 */
export function evaluate(request: Request, set: PolicySet, spend: Spend = () => {}): Decision {
  spend(10 + Object.keys(request.context).length);
  const context = new RequestContext(request.context);
  const granted = decide(request, set.documents, "documents", context, spend);
  if (set.boundary === undefined || granted.verdict === "denied") return granted;
  const bounded = decide(request, set.boundary, "boundary", context, spend);
  if (bounded.verdict === "denied") {
    const reason =
      bounded.decidedBy.length > 0 ? bounded.reason : "the permissions boundary does not allow it";
    return { ...bounded, reason };
  }
  if (granted.verdict === "uncertain") return granted;
  if (bounded.verdict === "uncertain") return bounded;
  return { ...granted, decidedBy: [...granted.decidedBy, ...bounded.decidedBy] };
}

/** A Deny that matches settles it; else an Allow that matches; else it is denied for want of one. */
function decide(
  request: Request,
  documents: readonly Policy[],
  from: DecidingStatement["from"],
  context: RequestContext,
  spend: Spend,
): Decision {
  const denies: DecidingStatement[] = [];
  const allows: DecidingStatement[] = [];
  const doubts: (DecidingStatement & { readonly reason: string })[] = [];
  for (const [document, { version, statements }] of documents.entries()) {
    const scope = { context, variables: version === "2012-10-17", spend };
    for (const statement of statements) {
      const answer = matchStatement(statement, request, scope);
      if (answer === false) continue;
      const { place, sid, effect } = statement;
      const named = { from, document, place, sid, effect };
      if (isUnsure(answer)) doubts.push({ ...named, reason: answer.unsure });
      else (effect === "Deny" ? denies : allows).push(named);
    }
  }
  if (denies.length > 0) return decision("denied", denies, "a statement denies it");
  const doubt = doubts.find((one) => one.effect === "Deny") ?? (allows.length > 0 ? undefined : doubts[0]);
  const possible = allows.length > 0 || doubts.some((one) => one.effect === "Allow");
  if (doubt !== undefined && possible) {
    const { reason, ...statement } = doubt;
    return decision("uncertain", [statement], reason);
  }
  return allows.length > 0
    ? decision("allowed", allows, "a statement allows it")
    : decision("denied", [], "no statement allows it");
}

const decision = (
  verdict: Decision["verdict"],
  decidedBy: Decision["decidedBy"],
  reason: string,
): Decision => ({ verdict, allowed: verdict === "allowed", decidedBy, reason });
