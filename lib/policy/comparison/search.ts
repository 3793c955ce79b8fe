import { actionDimension } from "../action/dimension.ts";
import type { ExistingActions } from "../actions/existing-actions.ts";
import type { Assignment } from "../glob/template.ts";
import type { Exceeds, PolicySet, PolicyWitness } from "../model.ts";
import { principalCells } from "../principal/cells.ts";
import { type Asker, keysOfPrincipal, principalKeys, readIamArn } from "../principal/match.ts";
import { resourceDimension } from "../resource/dimension.ts";
import { assumingAction } from "../witness/actions.ts";
import { examples, plausibleText } from "../witness/plausible.ts";
import { proveWith } from "../witness/prove.ts";
import { type Budget, BudgetExhausted } from "./budget.ts";
import {
  type Directions,
  eachOwnStep,
  firstExceeds,
  keyOf,
  openDirections,
  type Sides,
  secondExceeds,
} from "./cells.ts";
import { conditionSearch, type Difference } from "./difference.ts";
import type { ConditionStep, Grants, PrincipalStep, ResourceStep } from "./grants.ts";
import type { Asked } from "./reading.ts";
import { eachTextCell, type TextCell } from "./text-cells.ts";

/** A place where one side seems to allow more: the way that led there. */
export interface Candidate {
  readonly direction: Directions;
  readonly action: TextCell<ResourceStep>;
  readonly resource: TextCell<PrincipalStep>;
  /** Undefined when the documents name no principals. */
  readonly principal: Asker | undefined;
  readonly difference: Difference;
}

/** Shown are at most so many witnesses a direction; the first proves it. */
const mostWitnesses = 10;
/** About what it takes to make one and to sort it in. */
const stepsOfPath = 20;
/** Steps that are spent on further witnesses once there is one. */
const stepsForMore = 400_000;

export interface SearchOptions {
  readonly sets: readonly [PolicySet, PolicySet];
  readonly grants: Grants;
  readonly asked: Asked;
  readonly assignment: Assignment | undefined;
  readonly actions: ExistingActions | undefined;
  readonly budget: Budget;
}

/** What was found out about one direction so far. */
interface Progress {
  readonly direction: Directions;
  readonly witnesses: PolicyWitness[];
  /** Why a difference that may be there could not be proven, or why the search had to stop. */
  doubt: string | undefined;
  /** Steps of the budget that were spent when the first witness was found. */
  provenAt: number | undefined;
}

/**
 * Goes through all requests that only one side may allow: by action, resource, principal and conditions.
 * Gives what it found for the first side, then for the second.
 */
export function search(options: SearchOptions, directions: Directions): readonly Exceeds[] {
  const { sets, grants, asked, assignment, budget } = options;
  const prove = proveWith(options);
  const bounded = sets[0].boundary !== undefined;
  const findConditions = conditionSearch(grants, bounded, asked, assignment, budget);
  const arns = arnsAskedFor(grants, assignment);
  const both = [firstExceeds, secondExceeds].map(
    (direction): Progress => ({ direction, witnesses: [], doubt: undefined, provenAt: undefined }),
  );
  const each = (among: Directions) => both.filter(({ direction }) => (among & direction) !== 0);
  /** The directions in which a step's difference has a witness already. */
  const explained = new Map<ResourceStep, Directions>();
  /** Principal cells in which a direction was looked for in vain. */
  const vain = new Map<string, Directions>();
  let open = directions & openDirections(grants.paths);
  try {
    budget.spend(stepsOfPath * grants.paths.flat().length);
    eachTextCell(
      actionDimension,
      grants.paths,
      open,
      budget,
      (cell) => {
        inAction(cell);
        return open === 0;
      },
      grants.wanted,
    );
  } catch (error) {
    if (!(error instanceof BudgetExhausted)) throw error;
    for (const one of each(open)) one.doubt = error.message;
  }
  return both.map(({ witnesses, doubt: reason }) => {
    if (witnesses.length > 0) return { verdict: "proven", witnesses };
    return reason === undefined ? { verdict: "none" } : { verdict: "undecided", reason };
  });

  function inAction(action: TextCell<ResourceStep>): void {
    let left = 0;
    eachOwnStep(action.sides, (step, direction) => {
      left |= direction & open & ~(explained.get(step) ?? 0);
    });
    if (left === 0) return;
    const dimension = resourceDimension(grants, asked, assignment, budget);
    eachTextCell(dimension, action.sides, left, budget, (resource) => {
      left &= ~inResource(action, resource, left) & open;
      return left === 0;
    });
  }

  /** The directions that were proven. */
  function inResource(
    action: TextCell<ResourceStep>,
    resource: TextCell<PrincipalStep>,
    wanted: Directions,
  ): Directions {
    const key = keyOf(resource.sides);
    const before = vain.get(key) ?? 0;
    const looked = wanted & resource.directions & ~before;
    if (looked === 0) return 0;
    let proven = 0;
    let found = 0;
    for (const cell of principalCells(resource.sides, looked, arns, asked, budget)) {
      // By which call one assumes a role hangs on who one is.
      const isTrust = sets[0].kind === "trust";
      const likely = cell.examples.filter((one) => isTrust && one && action.holds(assumingAction(one)));
      const principals = [...new Set([...likely, ...cell.examples])];
      for (const progress of each(cell.directions & ~proven)) {
        const { direction } = progress;
        const isProof = (principal: Asker | undefined, difference: Difference): boolean => {
          found |= direction;
          return proves(progress, { direction, action, resource, principal, difference });
        };
        if (someDifference(cell.sides, direction, principals, isProof)) proven |= direction;
      }
    }
    vain.set(key, before | (looked & ~found));
    return proven;
  }

  /**
   * Whether a difference in one cell is a proof. Where conditions ask for what AWS sets from the principal
   * itself, only those that fit to one are sure.
   */
  function someDifference(
    sides: Sides<ConditionStep>,
    direction: Directions,
    principals: readonly (Asker | undefined)[],
    isProof: (principal: Asker | undefined, difference: Difference) => boolean,
  ): boolean {
    const [more, less] = direction === firstExceeds ? sides : [sides[1], sides[0]];
    const free = findConditions(more, less);
    if (free === undefined) return false;
    const [first] = principals;
    const isAsked = (key: string) => sides.flat().some(({ tests }) => tests.some((test) => test.key === key));
    if (first === undefined || !principalKeys.some((key) => assignment?.has(key) || isAsked(key)))
      return isProof(first, free);
    let fits = false;
    for (const principal of principals) {
      const own = principal && keysOfPrincipal(principal);
      // A variable stands for what the principal has.
      if (principalKeys.some((key) => assignment?.has(key) && assignment.get(key) !== own?.get(key)))
        continue;
      const fitting = findConditions(more, less, own);
      if (fitting === undefined) continue;
      if (isProof(principal, fitting)) return true;
      fits = true;
    }
    return !fits && isProof(first, { ...free, doubt: principalDoubt });
  }

  function proves(progress: Progress, candidate: Candidate): boolean {
    const found = candidate.difference.doubt ?? prove(candidate);
    if (typeof found === "string") {
      progress.doubt ??= found;
      return false;
    }
    progress.witnesses.push(found);
    progress.provenAt ??= budget.spent;
    eachOwnStep(candidate.action.sides, (step, direction) => {
      explained.set(step, (explained.get(step) ?? 0) | (direction & progress.direction));
    });
    for (const { direction, witnesses, provenAt = budget.spent } of each(open)) {
      if (witnesses.length >= mostWitnesses || budget.spent - provenAt > stepsForMore) open &= ~direction;
    }
    return true;
  }
}

const principalDoubt =
  "it hangs on `aws:PrincipalArn` or `aws:PrincipalAccount`, which AWS sets from the principal";

/** ARNs that conditions compare the principal's with, also those of a stranger's account, or that a variable stands for. */
function arnsAskedFor({ tests }: Grants, assignment: Assignment | undefined): readonly string[] {
  const arns = new Set<string>();
  for (const key of principalKeys) {
    const compared = tests.flatMap((test) => (test.key === key ? test.values : []));
    for (const value of [assignment?.get(key) ?? [], compared].flat()) {
      const arn = key === "aws:principalarn" ? value : `arn:aws:iam::${value}:role/*`;
      for (const account of [examples.account, examples.otherAccount]) {
        const filled = plausibleText(arn, account);
        if (readIamArn(filled) !== undefined && !filled.includes("${")) arns.add(filled);
      }
    }
  }
  return [...arns];
}
