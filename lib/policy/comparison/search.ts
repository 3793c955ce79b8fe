import { actionDimension } from "../action/dimension.ts";
import type { Assignment } from "../glob/template.ts";
import type { PolicySet, PolicyWitness, Principal } from "../model.ts";
import { principalCells } from "../principal/cells.ts";
import { isPrincipalKey, keysOfPrincipal, principalKeys, readIamArn } from "../principal/match.ts";
import { resourceDimension } from "../resource/dimension.ts";
import { examples, plausibleText } from "../witness/plausible.ts";
import { type Budget, BudgetExhausted } from "./budget.ts";
import {
  type Cell,
  type Directions,
  exceedingSteps,
  firstExceeds,
  keyOf,
  openDirections,
  type Sides,
  secondExceeds,
} from "./cells.ts";
import { ConditionSearch, type Difference } from "./difference.ts";
import type { ActionStep, ConditionStep, Grants, PrincipalStep, ResourceStep } from "./grants.ts";
import type { Asked } from "./reading.ts";
import { eachTextCell, type TextCell } from "./text-cells.ts";
import type { TextStep } from "./text-groups.ts";

/** What one search found out about one direction. */
export interface Outcome {
  readonly witnesses: readonly PolicyWitness[];
  /** Why a difference that may be there could not be proven, or why the search had to stop. */
  readonly doubt: string | undefined;
}

/** A place where one side seems to allow more: the way that led there. */
export interface Candidate {
  readonly direction: Directions;
  readonly action: TextCell<ResourceStep>;
  /** Undefined when the documents name no resources. */
  readonly resource: TextCell<PrincipalStep> | undefined;
  readonly principal: Principal | undefined;
  readonly difference: Difference;
}

/** Makes a proven request of a candidate, or says why it cannot. */
export type Prove = (candidate: Candidate) => PolicyWitness | string;

/** Shown are at most so many witnesses a direction; the first proves it. */
const mostWitnesses = 10;
/** Steps that are spent on further witnesses once there is one. */
const stepsForMore = 400_000;

export interface SearchOptions {
  readonly sets: readonly [PolicySet, PolicySet];
  readonly grants: Grants;
  /** What each side says, and leads to. */
  readonly paths: Sides<ActionStep>;
  readonly asked: Asked;
  readonly assignment: Assignment | undefined;
  readonly budget: Budget;
  readonly prove: Prove;
}

/** Goes through all requests that only one side may allow: by action, resource, principal and conditions. */
export class Search {
  readonly #options: SearchOptions;
  readonly #conditions: ConditionSearch;
  readonly #witnesses = new Map<Directions, PolicyWitness[]>();
  readonly #doubts = new Map<Directions, string>();
  /** Steps whose difference has a witness already. */
  readonly #explained = new Map<Directions, Set<ResourceStep>>();
  /** Principal cells in which a direction was looked for in vain. */
  readonly #vain = new Map<string, Directions>();
  #open: Directions;
  #spentAtProof = new Map<Directions, number>();

  constructor(options: SearchOptions, directions: Directions) {
    this.#options = options;
    this.#open = directions;
    this.#conditions = new ConditionSearch(options.grants, options.asked, options.assignment, options.budget);
    for (const direction of [firstExceeds, secondExceeds]) {
      this.#witnesses.set(direction, []);
      this.#explained.set(direction, new Set());
    }
  }

  run(): ReadonlyMap<Directions, Outcome> {
    const { paths, budget } = this.#options;
    try {
      this.#open &= openDirections(paths);
      eachTextCell(actionDimension, paths, this.#open, budget, (cell) => {
        this.#inAction(cell);
        return this.#open === 0;
      });
    } catch (error) {
      if (!(error instanceof BudgetExhausted)) throw error;
      for (const direction of each(this.#open)) this.#doubts.set(direction, error.message);
    }
    return new Map(
      [firstExceeds, secondExceeds].map((direction) => [
        direction,
        { witnesses: this.#witnesses.get(direction) ?? [], doubt: this.#doubts.get(direction) },
      ]),
    );
  }

  #inAction(action: TextCell<ResourceStep>): void {
    const { asked, assignment, budget, grants } = this.#options;
    let directions = action.directions & this.#open;
    for (const direction of each(directions)) {
      const explained = this.#explained.get(direction);
      if (exceedingSteps(action, direction).every((step) => explained?.has(step))) directions &= ~direction;
    }
    if (directions === 0) return;
    // Statements that name no resources mean all: then there is nothing to tell apart.
    if (action.sides.every((steps) => steps.every((step) => step.list === undefined))) {
      const sides = nextOf(action);
      this.#inResource({ action, resource: undefined, sides }, directions);
      return;
    }
    let left = directions;
    eachTextCell(
      resourceDimension(grants, asked, assignment),
      action.sides,
      directions,
      budget,
      (resource) => {
        const proven = this.#inResource(
          { action, resource, sides: resource.sides },
          resource.directions & left,
        );
        left &= ~proven & this.#open;
        return left === 0;
      },
    );
  }

  /** The directions that were proven. */
  #inResource(
    at: {
      readonly action: TextCell<ResourceStep>;
      readonly resource: TextCell<PrincipalStep> | undefined;
      readonly sides: Sides<PrincipalStep>;
    },
    wanted: Directions,
  ): Directions {
    const { asked, budget } = this.#options;
    const key = keyOf(at.sides[0], at.sides[1]);
    const directions = wanted & ~(this.#vain.get(key) ?? 0);
    if (directions === 0) return 0;
    let proven = 0;
    let vain = directions;
    const nobody = at.sides.every((steps) => steps.every((step) => step.list === undefined));
    const cells = nobody
      ? [{ sides: conditionsOf(at.sides), directions, principals: [undefined] }]
      : principalCells(at.sides, directions, this.#arnsAskedFor(), asked, budget);
    for (const { sides, directions: open, principals } of cells) {
      for (const direction of each(open & ~proven)) {
        for (const [principal, difference] of this.#differences(sides, direction, principals)) {
          vain &= ~direction;
          if (!this.#prove({ ...at, direction, principal, difference })) continue;
          proven |= direction;
          break;
        }
      }
    }
    if (vain !== 0) this.#vain.set(key, (this.#vain.get(key) ?? 0) | vain);
    return proven;
  }

  /**
   * Differences in one cell. Where conditions ask for what AWS sets from the principal itself, only those
   * that fit to one are sure.
   */
  *#differences(
    sides: Sides<ConditionStep>,
    direction: Directions,
    principals: readonly (Principal | undefined)[],
  ): Iterable<readonly [Principal | undefined, Difference]> {
    const free = this.#difference(sides, direction);
    if (free === undefined) return;
    if (principals[0] === undefined || !this.#conditions.asksFor(principalKeys, [...sides[0], ...sides[1]])) {
      yield [principals[0], free];
      return;
    }
    let fits = false;
    for (const principal of principals) {
      if (principal === undefined) continue;
      const fitting = this.#difference(sides, direction, keysOfPrincipal(principal));
      if (fitting === undefined) continue;
      fits = true;
      yield [principal, fitting];
    }
    if (!fits) yield [principals[0], { ...free, doubt: "it hangs on keys that AWS sets from the principal" }];
  }

  #difference(
    sides: Sides<ConditionStep>,
    direction: Directions,
    given?: Assignment,
  ): Difference | undefined {
    const { sets } = this.#options;
    const more = direction === firstExceeds ? 0 : 1;
    const less = direction === firstExceeds ? 1 : 0;
    const bounded = { more: sets[more].boundary !== undefined, less: sets[less].boundary !== undefined };
    return this.#conditions.find(sides[more], sides[less], bounded, given);
  }

  /** ARNs that conditions compare the principal's with, also those of a stranger's account. */
  #arnsAskedFor(): Iterable<string> {
    const arns = new Set<string>();
    for (const { key, values } of this.#options.grants.tests) {
      if (!isPrincipalKey(key)) continue;
      for (const value of values) {
        const arn = key === "aws:principalarn" ? value : `arn:aws:iam::${value}:role/*`;
        for (const account of [examples.account, examples.otherAccount]) {
          const filled = plausibleText(arn.replace(/^([^:]*:[^:]*:[^:]*:[^:]*):\*:/, `$1:${account}:`));
          if (readIamArn(filled) !== undefined && !filled.includes("${")) arns.add(filled);
        }
      }
    }
    return arns;
  }

  #prove(candidate: Candidate): boolean {
    const { direction, action } = candidate;
    const { budget, prove } = this.#options;
    const found = candidate.difference.doubt ?? prove(candidate);
    if (typeof found === "string") {
      if (!this.#doubts.has(direction)) this.#doubts.set(direction, found);
      return false;
    }
    const witnesses = this.#witnesses.get(direction) ?? [];
    witnesses.push(found);
    for (const step of exceedingSteps(action, direction)) this.#explained.get(direction)?.add(step);
    if (!this.#spentAtProof.has(direction)) this.#spentAtProof.set(direction, budget.spent);
    for (const one of each(this.#open)) {
      const count = this.#witnesses.get(one)?.length ?? 0;
      const since = this.#spentAtProof.get(one);
      if (count >= mostWitnesses || (since !== undefined && budget.spent - since > stepsForMore))
        this.#open &= ~one;
    }
    return true;
  }
}

const conditionsOf = (sides: Sides<PrincipalStep>): Sides<ConditionStep> => [
  [...new Set(sides[0].map((step) => step.next))],
  [...new Set(sides[1].map((step) => step.next))],
];

function nextOf(cell: Cell<TextStep<PrincipalStep>>): Sides<PrincipalStep> {
  const next = (steps: readonly TextStep<PrincipalStep>[]) => [...new Set(steps.map((step) => step.next))];
  return [next(cell.sides[0]), next(cell.sides[1])];
}

/** The single directions of a set. */
const each = (directions: Directions): readonly Directions[] =>
  [firstExceeds, secondExceeds].filter((direction) => (directions & direction) !== 0);
