import { actionDimension } from "../action/dimension.ts";
import type { Assignment } from "../glob/template.ts";
import type { PolicySet, PolicyWitness } from "../model.ts";
import { principalCells } from "../principal/cells.ts";
import {
  type Asker,
  isPrincipalKey,
  keysOfPrincipal,
  principalKeys,
  readIamArn,
} from "../principal/match.ts";
import { resourceDimension } from "../resource/dimension.ts";
import { assumingAction } from "../witness/actions.ts";
import { examples, plausibleText } from "../witness/plausible.ts";
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

/** What one search found out about one direction. */
export interface Outcome {
  readonly direction: Directions;
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
  readonly principal: Asker | undefined;
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
  readonly asked: Asked;
  readonly assignment: Assignment | undefined;
  readonly budget: Budget;
  readonly prove: Prove;
}

/** The same while it goes on. */
interface Progress extends Outcome {
  readonly witnesses: PolicyWitness[];
  doubt: string | undefined;
  /** Steps whose difference has a witness already. */
  readonly explained: Set<ResourceStep>;
  /** Steps of the budget that were spent when the first witness was found. */
  provenAt: number | undefined;
}

/**
 * Goes through all requests that only one side may allow: by action, resource, principal and conditions.
 * Gives what it found for the first side, then for the second.
 */
export function search(options: SearchOptions, directions: Directions): readonly [Outcome, Outcome] {
  const { sets, grants, asked, assignment, budget, prove } = options;
  const findConditions = conditionSearch(grants, asked, assignment, budget);
  const begin = (direction: Directions): Progress => ({
    direction,
    witnesses: [],
    doubt: undefined,
    explained: new Set(),
    provenAt: undefined,
  });
  const both = [begin(firstExceeds), begin(secondExceeds)] as const;
  const each = (among: Directions) => both.filter(({ direction }) => (among & direction) !== 0);
  let arns: readonly string[] | undefined;
  /** Principal cells in which a direction was looked for in vain. */
  const vain = new Map<string, Directions>();
  let open = directions & openDirections(grants.paths);
  try {
    eachTextCell(actionDimension, grants.paths, open, budget, (cell) => {
      inAction(cell);
      return open === 0;
    });
  } catch (error) {
    if (!(error instanceof BudgetExhausted)) throw error;
    for (const one of each(open)) one.doubt = error.message;
  }
  return both;

  function inAction(action: TextCell<ResourceStep>): void {
    let left = action.directions & open;
    let unexplained = 0;
    eachOwnStep(action.sides, (step, direction) => {
      for (const { explained } of each(direction)) if (!explained.has(step)) unexplained |= direction;
    });
    left &= unexplained;
    if (left === 0) return;
    // Statements that name no resources mean all: then there is nothing to tell apart.
    if (action.sides.every((steps) => steps.every((step) => step.list === undefined))) {
      inResource(
        { action, resource: undefined, sides: [nextOf(action.sides[0]), nextOf(action.sides[1])] },
        left,
      );
      return;
    }
    const dimension = resourceDimension(grants, asked, assignment, budget);
    eachTextCell(dimension, action.sides, left, budget, (resource) => {
      const proven = inResource({ action, resource, sides: resource.sides }, resource.directions & left);
      left &= ~proven & open;
      return left === 0;
    });
  }

  function arnsAsked(): readonly string[] {
    arns ??= arnsAskedFor(grants, assignment);
    return arns;
  }

  /** The directions that were proven. */
  function inResource(
    at: Pick<Candidate, "action" | "resource"> & { readonly sides: Sides<PrincipalStep> },
    wanted: Directions,
  ): Directions {
    const key = keyOf(at.sides[0], at.sides[1]);
    const before = vain.get(key) ?? 0;
    const looked = wanted & ~before;
    if (looked === 0) return 0;
    let proven = 0;
    let found = 0;
    const nobody = at.sides.every((steps) => steps.every((step) => step.list === undefined));
    const cells = nobody
      ? [
          {
            sides: [nextOf(at.sides[0]), nextOf(at.sides[1])] as const,
            directions: looked,
            examples: [undefined],
          },
        ]
      : principalCells(at.sides, looked, arnsAsked(), asked, budget);
    for (const { sides, directions: among, examples: principals } of cells) {
      for (const progress of each(among & ~proven)) {
        const { direction } = progress;
        for (const [principal, difference] of differences(sides, direction, likeliestFirst(principals))) {
          found |= direction;
          if (!proves(progress, { ...at, direction, principal, difference })) continue;
          proven |= direction;
          break;
        }
      }
    }
    vain.set(key, before | (looked & ~found));
    return proven;

    /** By which call one assumes a role hangs on who one is. */
    function likeliestFirst(principals: readonly (Asker | undefined)[]): readonly (Asker | undefined)[] {
      if (sets[0].kind !== "trust" || principals.length < 2) return principals;
      const [can, cannot]: [Asker[], Asker[]] = [[], []];
      for (const one of principals) {
        if (one !== undefined) (at.action.holds(assumingAction(one)) ? can : cannot).push(one);
      }
      return [...can, ...cannot];
    }
  }

  /**
   * Differences in one cell. Where conditions ask for what AWS sets from the principal itself, only those
   * that fit to one are sure.
   */
  function* differences(
    sides: Sides<ConditionStep>,
    direction: Directions,
    principals: readonly (Asker | undefined)[],
  ): Iterable<readonly [Asker | undefined, Difference]> {
    const [more, less] = direction === firstExceeds ? ([0, 1] as const) : ([1, 0] as const);
    const bounded = { more: sets[more].boundary !== undefined, less: sets[less].boundary !== undefined };
    const find = (given?: Assignment) => findConditions(sides[more], sides[less], bounded, given);
    const free = find();
    if (free === undefined) return;
    const asksFor = (step: ConditionStep) => step.tests.some(({ key }) => isPrincipalKey(key));
    const [first] = principals;
    const asks = sides.some((steps) => steps.some(asksFor));
    if (first === undefined || !(asks || principalKeys.some((key) => assignment?.has(key)))) {
      yield [first, free];
      return;
    }
    let fits = false;
    for (const principal of principals) {
      const keys = principal && keysOfPrincipal(principal);
      // A variable stands for what the principal has.
      if (principalKeys.some((key) => assignment?.has(key) && assignment.get(key) !== keys?.get(key)))
        continue;
      const fitting = asks ? find(keys) : free;
      if (fitting === undefined) continue;
      fits = true;
      yield [principal, fitting];
    }
    if (!fits) yield [first, { ...free, doubt: principalDoubt }];
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
      if (direction === progress.direction) progress.explained.add(step);
    });
    for (const { direction, witnesses, provenAt = budget.spent } of each(open)) {
      if (witnesses.length >= mostWitnesses || budget.spent - provenAt > stepsForMore) open &= ~direction;
    }
    return true;
  }
}

const principalDoubt =
  "it hangs on `aws:PrincipalArn` or `aws:PrincipalAccount`, which AWS sets from the principal";

/** What comes after some steps. */
const nextOf = <N>(steps: readonly { readonly next: N }[]): readonly N[] => [
  ...new Set(steps.map(({ next }) => next)),
];

/** ARNs that conditions compare the principal's with, also those of a stranger's account, or that a variable stands for. */
function arnsAskedFor({ tests }: Grants, assignment: Assignment | undefined): readonly string[] {
  const arns = new Set<string>();
  const assigned = principalKeys.map((key) => ({ key, values: [assignment?.get(key) ?? []].flat() }));
  for (const { key, values } of [...assigned, ...tests]) {
    if (!isPrincipalKey(key)) continue;
    for (const value of values) {
      const arn = key === "aws:principalarn" ? value : `arn:aws:iam::${value}:role/*`;
      for (const account of [examples.account, examples.otherAccount]) {
        const filled = plausibleText(arn.replace(/^([^:]*:[^:]*:[^:]*:[^:]*):\*:/, `$1:${account}:`));
        if (readIamArn(filled) !== undefined && !filled.includes("${")) arns.add(filled);
      }
    }
  }
  return [...arns];
}
