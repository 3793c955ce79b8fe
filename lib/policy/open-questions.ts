/**
 * What AWS does not document, or what sources tell differently. Where an answer hangs on one of these, a
 * request's is uncertain and a comparison's undecided, for the reason given here.
 */
export const openQuestions = {
  list: "an operator without a set prefix meets a key that can have several values",
  spacedAction: "an action has a space in it",
  nullLiteral: "a Null condition has a value that is neither true nor false",
  oddLettersFold: "a letter beyond ASCII is compared whatever its case",
  anyValueIfExists: "ForAnyValue with IfExists meets a key that can be absent",
  awsStarSpansAll: 'sources differ on whether `{"AWS":"*"}` means services and federated users too',
  oneLevelExempts: "NotPrincipal names only some of session, role and account",
  tagCaseFolds: "tag keys differ only in letter case",
  shortArnAsText: "an ARN pattern of fewer than six fields can be read in two ways",
  shortArnMatches: "an Arn operator is given a value that is no ARN",
  notLikeNoArn: "ArnNotLike meets a value that is no ARN",
  oldVariables: "`${` stands in a document without Version 2012-10-17",
} as const;

export type Question = keyof typeof openQuestions;
