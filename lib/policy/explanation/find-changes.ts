import type { ExistingActions } from "../actions/existing-actions.ts";
import type { Budget } from "../comparison/budget.ts";
import type { PolicySet, PolicyWitness, Statement } from "../model.ts";
import { type Change, changesOf, grantedBy, type Surroundings, statementsOf } from "./changes.ts";
import { actionDimension, principalDimension, resourceDimension } from "./dimension.ts";
import { type Item, itemsIn, nothing } from "./items.ts";
import { likelyContexts } from "./likely-context.ts";
import { Probe } from "./probe.ts";

/** Statements without a witness that are looked at. */
const mostStatements = 40;

/**
 * What one side grants beyond the other: what the statements of each witness list, and those that only one
 * side has, for several changed statements may share a witness. `isWhole`: whether all of it was looked at.
 */
export function findChanges(
  witnesses: readonly PolicyWitness[],
  more: PolicySet,
  less: PolicySet,
  existing: ExistingActions | undefined,
  kindOf: Surroundings["kindOf"],
  budget: Budget,
): { readonly changes: readonly Change[]; readonly isWhole: boolean } {
  const probe = new Probe(more, less, budget);
  const all = statementsOf(more, less);
  const items = [
    itemsIn(actionDimension(existing, budget), all),
    itemsIn(
      resourceDimension(
        existing,
        witnesses.map(({ request }) => request),
        budget,
      ),
      all,
    ),
    itemsIn(principalDimension(all), all),
  ] as const;
  const surroundings = {
    probe,
    items,
    existing,
    kindOf,
    alike: alikeIn(more, less),
    told: new Set<string>(),
  };
  const seen = new Set<Statement>();
  const granted = witnesses.flatMap(({ request }) => {
    const about = probe.statementsFor(request);
    for (const statement of about) seen.add(statement);
    return grantedBy({ about, like: [request], witness: request }, surroundings);
  });
  const requests = witnesses.slice(0, 3).map(({ request }) => request);
  const own = [...ownOf(more, less, "Allow"), ...ownOf(less, more, "Deny")].filter((one) => !seen.has(one));
  const others = own.slice(0, mostStatements).flatMap((statement) => {
    const likely = requests
      .slice(0, 1)
      .flatMap((one) => likelyContexts(statement).map((context) => ({ ...one, context })));
    return grantedBy({ about: [statement], like: [...likely, ...requests] }, surroundings);
  });
  const isWhole = own.length <= mostStatements && !probe.isSpent;
  return { changes: changesOf([...granted, ...others], surroundings), isWhole };
}

/**
 * What is known of a combination without asking: whether the other side allows it whatever else the request
 * holds, for a statement without conditions lists all of it and nothing denies more; and whether both sides
 * list each of its parts somewhere.
 */
function alikeIn(more: PolicySet, less: PolicySet): Surroundings["alike"] {
  const [mine, others] = [statementsOf(more), statementsOf(less)];
  const isFree = less.boundary === undefined && ownOf(less, more, "Deny").length === 0;
  const listsOf = ({ actions, resources, principals }: Statement) => [actions, resources, principals];
  const free = others.filter(
    (one) =>
      isFree &&
      one.effect === "Allow" &&
      one.conditions.length === 0 &&
      listsOf(one).every((list) => list?.not !== true),
  );
  const listed = (item: Item, by: readonly Statement[]): boolean =>
    item === nothing || by.some((statement) => item.listedBy.has(statement));
  return {
    isAllowed: (items) =>
      free.some((statement) =>
        listsOf(statement).every((list, i) =>
          list === undefined ? items[i] === nothing : items[i]?.listedBy.has(statement),
        ),
      ),
    isListed: (items) => items.every((item) => listed(item, mine) && listed(item, others)),
  };
}

/** Statements of one side that the other does not have word for word. */
function ownOf(of: PolicySet, but: PolicySet, effect: Statement["effect"]): readonly Statement[] {
  const text = (statement: Statement) => JSON.stringify({ ...statement, sid: undefined, place: undefined });
  const known = new Set(statementsOf(but).map(text));
  return statementsOf(of).filter((one) => one.effect === effect && !known.has(text(one)));
}
