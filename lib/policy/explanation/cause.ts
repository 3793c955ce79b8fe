import { evaluate } from "../evaluate/evaluate.ts";
import type { Spend } from "../evaluate/pattern.ts";
import type { PolicySet, Request, Statement } from "../model.ts";
import { allowsOf, keysOf, matchesWithout, type Placed, placedIn } from "./statements.ts";

/** Why the other side does not allow a request: what its nearest statement lacks. */
export type Cause =
  | { readonly kind: "denied"; readonly deny: Statement }
  | { readonly kind: "boundary" }
  | { readonly kind: "action" }
  | { readonly kind: "resource" }
  | { readonly kind: "principal" }
  /**
   * `dropped`: the statement that allows it does not ask about these keys at all. `instead`: it asks about
   * these, of which the nearest statement does not.
   */
  | {
      readonly kind: "condition";
      readonly keys: readonly string[];
      readonly dropped: boolean;
      readonly instead: readonly string[];
      readonly near: Statement;
    };

export function causeOf(request: Request, grant: Placed, less: PolicySet, spend: Spend): Cause {
  const decision = evaluate(request, less, spend);
  const denied = decision.decidedBy.find((one) => one.effect === "Deny");
  const deny = denied && placedIn(less, denied)?.statement;
  if (deny !== undefined) return { kind: "denied", deny };
  if (
    less.boundary !== undefined &&
    evaluate(request, { kind: less.kind, documents: less.documents }, spend).allowed
  ) {
    return { kind: "boundary" };
  }
  const { kind } = less;
  const allows = allowsOf(less.documents);
  const near = allows.filter((one) => matchesWithout(one, ["condition"], request, kind, spend));
  const asked = near.map((one) => ({ one, keys: failingKeys(one, request, kind, spend) }));
  const [best] = asked.sort((a, b) => a.keys.length - b.keys.length);
  if (best !== undefined) {
    const own = new Set(grant.statement.conditions.map(({ key }) => key.toLowerCase()));
    const lost = best.keys.filter((key) => !own.has(key.toLowerCase()));
    const keys = lost.length > 0 ? lost : best.keys;
    const near = best.one.statement;
    const instead = keysOf(grant.statement, keysOf(near));
    return { kind: "condition", keys, dropped: lost.length > 0, instead, near };
  }
  const elsewhere = allows.find((one) =>
    matchesWithout(one, ["condition", "resource"], request, kind, spend),
  );
  if (elsewhere !== undefined) return { kind: "resource" };
  const others = allows.some((one) => matchesWithout(one, ["condition", "principal"], request, kind, spend));
  return others ? { kind: "principal" } : { kind: "action" };
}

/** The keys, as written, whose conditions the request fails. */
function failingKeys(
  { statement, version }: Placed,
  request: Request,
  kind: PolicySet["kind"],
  spend: Spend,
): readonly string[] {
  const failing = statement.conditions.filter(
    (condition) =>
      !matchesWithout(
        { version, statement: { ...statement, conditions: [condition] } },
        ["resource", "principal"],
        request,
        kind,
        spend,
      ),
  );
  return keysOf({ ...statement, conditions: failing });
}
