import type { Budget } from "../comparison/budget.ts";
import { type Cell, CellTable, type Directions, type Sides } from "../comparison/cells.ts";
import type { ConditionStep, PrincipalStep } from "../comparison/grants.ts";
import type { Asked } from "../comparison/reading.ts";
import type { Principal } from "../model.ts";
import { listsPrincipal } from "./match.ts";
import { principalPoints } from "./points.ts";

/** Cuts who may ask into cells: in one cell the same statements are about them on either side. */
export function principalCells(
  sides: Sides<PrincipalStep>,
  directions: Directions,
  asked: Asked,
  budget: Budget,
): readonly (readonly [Cell<ConditionStep>, Principal])[] {
  const lists = [...sides[0], ...sides[1]].flatMap((step) => step.list ?? []);
  const table = new CellTable<ConditionStep>(directions, budget);
  const found = new Map<Cell<ConditionStep>, Principal>();
  for (const principal of principalPoints(lists.flatMap((list) => list.patterns))) {
    budget.spend(lists.length * 4);
    const matching = (steps: readonly PrincipalStep[]): ConditionStep[] => {
      const kept = steps.filter(({ list }) => list === undefined || listsPrincipal(list, principal, asked));
      return [...new Set(kept.map((step) => step.next))];
    };
    const cell = table.add(matching(sides[0]), matching(sides[1]), principal.id);
    if (cell.directions !== 0 && !found.has(cell)) found.set(cell, principal);
  }
  return [...found].map(([cell, principal]) => [cell, principal]);
}
