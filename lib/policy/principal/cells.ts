import type { Budget } from "../comparison/budget.ts";
import { type Cell, cellTable, type Directions, type Sides } from "../comparison/cells.ts";
import type { ConditionStep, PrincipalStep } from "../comparison/grants.ts";
import type { Asked } from "../comparison/reading.ts";
import { type Asker, listsPrincipal } from "./match.ts";
import { principalPoints } from "./points.ts";

const mostPrincipals = 12;

/**
 * Cuts who may ask into cells: in one cell the same statements are about them on either side. Statements
 * that name no principals are about whoever carries them: then the one example is undefined.
 */
export function principalCells(
  sides: Sides<PrincipalStep>,
  directions: Directions,
  alsoArns: readonly string[],
  asked: Asked,
  budget: Budget,
): Iterable<Cell<ConditionStep, Asker | undefined>> {
  const lists = [...sides[0], ...sides[1]].flatMap((step) => step.list ?? []);
  const patterns = lists.flatMap((list) => list.patterns);
  const cellOf = cellTable<ConditionStep, Asker | undefined>(directions, budget);
  const found = new Set<Cell<ConditionStep, Asker | undefined>>();
  for (const principal of lists.length === 0 ? [undefined] : principalPoints(patterns, alsoArns)) {
    budget.spend(lists.length * 4);
    const matching = (steps: readonly PrincipalStep[]): readonly ConditionStep[] =>
      steps.flatMap(({ list, next }) =>
        list === undefined || principal === undefined || listsPrincipal(list, principal, asked) ? next : [],
      );
    const cell = cellOf(matching(sides[0]), matching(sides[1]));
    if (cell.examples.length < mostPrincipals) cell.examples.push(principal);
    found.add(cell);
  }
  return found;
}
