import type { Budget } from "../comparison/budget.ts";
import { type Cell, CellTable, type Directions, type Sides } from "../comparison/cells.ts";
import type { ConditionStep, PrincipalStep } from "../comparison/grants.ts";
import type { Asked } from "../comparison/reading.ts";
import { type Asker, listsPrincipal } from "./match.ts";
import { principalPoints } from "./points.ts";

export interface PrincipalCell extends Cell<ConditionStep> {
  /** Some of those that the cell is about. */
  readonly principals: readonly Asker[];
}

const mostPrincipals = 12;

/** Cuts who may ask into cells: in one cell the same statements are about them on either side. */
export function principalCells(
  sides: Sides<PrincipalStep>,
  directions: Directions,
  alsoArns: readonly string[],
  asked: Asked,
  budget: Budget,
): readonly PrincipalCell[] {
  const lists = [...sides[0], ...sides[1]].flatMap((step) => step.list ?? []);
  const table = new CellTable<ConditionStep>(directions, budget);
  const found = new Map<Cell<ConditionStep>, Asker[]>();
  for (const principal of principalPoints(
    lists.flatMap((list) => list.patterns),
    alsoArns,
  )) {
    budget.spend(lists.length * 4);
    const matching = (steps: readonly PrincipalStep[]): ConditionStep[] => {
      const kept = steps.filter(({ list }) => list === undefined || listsPrincipal(list, principal, asked));
      return [...new Set(kept.map((step) => step.next))];
    };
    const cell = table.add(matching(sides[0]), matching(sides[1]), principal.id);
    if (cell.directions === 0) continue;
    const principals = found.get(cell);
    if (principals === undefined) found.set(cell, [principal]);
    else if (principals.length < mostPrincipals) principals.push(principal);
  }
  return [...found].map(([cell, principals]) => ({ ...cell, principals }));
}
