import type { Budget } from "../comparison/budget.ts";
import { type Cell, CellTable, type Directions, type Sides } from "../comparison/cells.ts";
import type { ConditionStep, PrincipalStep } from "../comparison/grants.ts";
import type { Asked } from "../comparison/reading.ts";
import { type Asker, listsPrincipal } from "./match.ts";
import { principalPoints } from "./points.ts";

const mostPrincipals = 12;

/** Cuts who may ask into cells: in one cell the same statements are about them on either side. */
export function principalCells(
  sides: Sides<PrincipalStep>,
  directions: Directions,
  alsoArns: readonly string[],
  asked: Asked,
  budget: Budget,
): readonly Cell<ConditionStep, Asker>[] {
  const lists = [...sides[0], ...sides[1]].flatMap((step) => step.list ?? []);
  const table = new CellTable<ConditionStep, Asker>(directions, budget);
  const found = new Set<Cell<ConditionStep, Asker>>();
  for (const principal of principalPoints(
    lists.flatMap((list) => list.patterns),
    alsoArns,
  )) {
    budget.spend(lists.length * 4);
    const matching = (steps: readonly PrincipalStep[]): ConditionStep[] => {
      const kept = steps.filter(({ list }) => list === undefined || listsPrincipal(list, principal, asked));
      return [...new Set(kept.map((step) => step.next))];
    };
    const cell = table.add(matching(sides[0]), matching(sides[1]));
    if (cell.examples.length < mostPrincipals) cell.examples.push(principal);
    if (cell.directions !== 0) found.add(cell);
  }
  return [...found];
}
