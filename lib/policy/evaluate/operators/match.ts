import type { Answer } from "../answer.ts";
import type { Scope } from "../pattern.ts";

/** Whether one value of the request satisfies one value of the policy, under one operator. */
export type Match = (value: string, pattern: string, scope: Scope) => Answer;
