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

export type Question = keyof Reading;

/** All answers to each question, the usual one first, and how a reason names the question. */
const questions: {
  readonly [Q in Question]: { readonly answers: readonly Reading[Q][]; readonly name: string };
} = {
  list: {
    answers: ["none", "any", "all"],
    name: "an operator without a set prefix meets a key that can have several values",
  },
  spacedAction: { answers: [false, true], name: "an action has a space in it" },
  nullLiteral: {
    answers: ["nothing", "true", "false"],
    name: "a Null condition has a value that is neither true nor false",
  },
  oddLettersFold: { answers: [false, true], name: "a letter beyond ASCII is compared whatever its case" },
  anyValueIfExists: {
    answers: [false, true],
    name: "ForAnyValue with IfExists meets a key that can be absent",
  },
  awsStarSpansAll: {
    answers: [true, false],
    name: 'sources differ on whether `{"AWS":"*"}` means services and federated users too',
  },
  oneLevelExempts: {
    answers: [true, false],
    name: "NotPrincipal names only some of session, role and account",
  },
  tagCaseFolds: { answers: [true, false], name: "tag keys differ only in letter case" },
  shortArnAsText: {
    answers: [false, true],
    name: "an ARN pattern of fewer than six fields can be read in two ways",
  },
  shortArnMatches: { answers: [true, false], name: "an Arn operator is given a value that is no ARN" },
  notLikeNoArn: { answers: [true, false], name: "ArnNotLike meets a value that is no ARN" },
  oldVariables: { answers: [false, true], name: "`${` stands in a document without Version 2012-10-17" },
};

/** The first answer to each. */
export const usualReading = Object.fromEntries(
  Object.entries(questions).map(([question, { answers }]) => [question, answers[0]]),
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
  return questions[question].answers.slice(1).map((answer) => ({ ...usualReading, [question]: answer }));
}

export const questionName = (question: Question): string => questions[question].name;

/**
 * Questions that the evaluator answers in the usual way without a word. For the others it is unsure by
 * itself where they decide, so that what it confirms holds under any reading.
 */
export const isBeyondEvaluator = (question: Question): boolean =>
  question === "tagCaseFolds" || question === "oldVariables";
