import type { Question } from "../open-questions.ts";

/**
 * Where AWS does not say how a policy is read, or sources tell it differently. A comparison is run under
 * one reading and notes which questions it met; `compare` then asks whether the others agree.
 */
export interface Reading {
  /** How an operator without a set prefix reads a list of values. */
  readonly list: "none" | "any" | "all";
  /** Whether a space in an action is dropped. */
  readonly spacedAction: boolean;
  /** What a Null condition asks for whose value is neither true nor false. */
  readonly nullLiteral: "nothing" | "true" | "false";
  /** Whether StringEqualsIgnoreCase may match more by letters whose cases are not simply two. */
  readonly oddLettersFold: boolean;
  /** Whether ForAnyValue with IfExists holds for a key that is absent. */
  readonly anyValueIfExists: boolean;
  /** Whether `{"AWS":"*"}` spans services and federated users, as a bare `"*"` does. */
  readonly awsStarSpansAll: boolean;
  /** Whether NotPrincipal exempts who is named at one level only: session, role or account. */
  readonly oneLevelExempts: boolean;
  /** Whether tag keys that differ only in letter case are one key. */
  readonly tagCaseFolds: boolean;
  /** Whether an ARN pattern of fewer than six fields is one text. */
  readonly shortArnAsText: boolean;
  /** Whether ArnLike and ArnEquals can match a value of fewer than six fields at all. */
  readonly shortArnMatches: boolean;
  /** Whether ArnNotLike holds where the key or the policy has a value that is no ARN. */
  readonly notLikeNoArn: boolean;
  /** Whether `${` under Version 2008-10-17 is a variable after all. */
  readonly oldVariables: boolean;
}

/** All answers to each question, the usual one first. */
const answers: { readonly [Q in Question]: readonly Reading[Q][] } = {
  list: ["none", "any", "all"],
  spacedAction: [false, true],
  nullLiteral: ["nothing", "true", "false"],
  oddLettersFold: [false, true],
  anyValueIfExists: [false, true],
  awsStarSpansAll: [true, false],
  oneLevelExempts: [true, false],
  tagCaseFolds: [true, false],
  shortArnAsText: [false, true],
  shortArnMatches: [true, false],
  notLikeNoArn: [true, false],
  oldVariables: [false, true],
};

/** The first answer to each. */
export const usualReading = Object.fromEntries(
  Object.entries(answers).map(([question, [usual]]) => [question, usual]),
) as unknown as Reading;

/** A reading that remembers which questions were asked of it. */
export class Asked {
  readonly reading: Reading;
  readonly questions = new Set<Question>();

  constructor(reading: Reading) {
    this.reading = reading;
  }

  ask<Q extends Question>(question: Q): Reading[Q] {
    this.questions.add(question);
    return this.reading[question];
  }
}

/** The usual reading but for one question. */
export function otherReadings(question: Question): readonly Reading[] {
  return answers[question].slice(1).map((answer) => ({ ...usualReading, [question]: answer }));
}

/**
 * Questions that the evaluator answers in the usual way without a word. For the others it is unsure by
 * itself where they decide, so that what it confirms holds under any reading.
 */
export const isBeyondEvaluator = (question: Question): boolean =>
  question === "tagCaseFolds" || question === "oldVariables";
