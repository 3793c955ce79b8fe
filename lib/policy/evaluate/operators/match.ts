import type { Operator } from "../../model.ts";
import { type Answer, unsure } from "../answer.ts";
import type { Scope } from "../pattern.ts";

/** Whether one value of the request satisfies one value of the policy, under one operator but for its `Not`. */
export type Match = (value: string, pattern: string, scope: Scope, operator: Operator) => Answer;

/**
 * For operators that compare what texts stand for. What cannot be read leaves it open: of which condition
 * (`a date`), and what it should be (`a date`).
 */
export const matchParsed =
  <T>(
    condition: string,
    wanted: string,
    read: (text: string) => T | undefined,
    holds: (value: T, pattern: T, comparison: string) => Answer,
    readActual = read,
  ): Match =>
  (value, pattern, _, { comparison }) => {
    const bound = read(pattern);
    if (bound === undefined) return unsure(`${condition} condition whose value is not ${wanted}`);
    const actual = readActual(value);
    if (actual === undefined) return unsure(`${condition} key whose value is not ${wanted}`);
    return holds(actual, bound, comparison);
  };

export const isSame = <T>(value: T, pattern: T): boolean => value === pattern;

/** For numbers and moments. */
export function isInOrder(value: bigint, bound: bigint, comparison: string): boolean {
  if (comparison === "LessThan") return value < bound;
  if (comparison === "LessThanEquals") return value <= bound;
  if (comparison === "GreaterThan") return value > bound;
  if (comparison === "GreaterThanEquals") return value >= bound;
  return value === bound;
}
