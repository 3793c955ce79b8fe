const dangers = [/^\*|^iam:(\*|passrole$)|^sts:\*/, /^iam:(?!get|list|simulate)/, /^sts:assume/, /:\*$/];

/** How far down a pattern of actions stands among those by which one gets at others' rights, or at all of a service: from 0. */
export function dangerOf(pattern: string): number {
  const rank = dangers.findIndex((one) => one.test(pattern.toLowerCase()));
  return rank < 0 ? dangers.length : rank;
}
