import type { ExistingActions } from "./actions/existing-actions.ts";
import type { Comparison, Exceeds, Policy, PolicySet, Relation } from "./model.ts";

export interface CompareOptions {
  /** The actions that exist today: witnesses are chosen among them, and are latent where none of them will do. */
  readonly actions?: ExistingActions;
}

const none: Exceeds = { verdict: "none" };

/** Says for each direction whether one policy set allows a request that the other does not. Pure. */
export function compare(first: PolicySet, second: PolicySet, _options: CompareOptions = {}): Comparison {
  const same = canonical(first) === canonical(second);
  const exceeds: Exceeds = same ? none : { verdict: "undecided", reason: "the documents differ in form" };
  return { firstExceeds: exceeds, secondExceeds: exceeds, relation: relationOf(exceeds, exceeds) };
}

/** The one word for both directions; undecided when either is. */
export function relationOf(firstExceeds: Exceeds, secondExceeds: Exceeds): Relation {
  if (firstExceeds.verdict === "undecided" || secondExceeds.verdict === "undecided") return "undecided";
  if (firstExceeds.verdict === "proven")
    return secondExceeds.verdict === "proven" ? "incomparable" : "first-broader";
  return secondExceeds.verdict === "proven" ? "second-broader" : "equivalent";
}

function canonical(set: PolicySet): string {
  const documents = (policies: readonly Policy[] | undefined) =>
    policies?.flatMap((policy) =>
      policy.statements.map(({ sid: _sid, place: _place, ...statement }) =>
        JSON.stringify([policy.version, statement]),
      ),
    );
  return JSON.stringify([set.kind, documents(set.documents)?.sort(), documents(set.boundary)?.sort()]);
}
