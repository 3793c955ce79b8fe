import type { Operator } from "../../model.ts";
import { type Answer, unsure } from "../answer.ts";
import type { Scope } from "../pattern.ts";

/** Whether one value of the request satisfies one value of the policy, under one operator but for its `Not`. */
export type Match = (value: string, pattern: string, scope: Scope, operator: Operator) => Answer;

/** For operators that compare what texts stand for; what cannot be parsed leaves it open, for the reason given. */
export const matchParsed =
  <T>(
    parse: (text: string) => T | undefined,
    holds: (value: T, pattern: T, comparison: string) => boolean,
    oddPattern: string,
    oddValue: string,
  ): Match =>
  (value, pattern, _, { comparison }) => {
    const wanted = parse(pattern);
    if (wanted === undefined) return unsure(oddPattern);
    const actual = parse(value);
    return actual === undefined ? unsure(oddValue) : holds(actual, wanted, comparison);
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
