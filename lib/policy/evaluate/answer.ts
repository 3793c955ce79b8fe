/**
 * Whether something matches. `Unsure` stands where AWS's rules do not say, or where sources tell it
 * differently: it carries on through and, or and not unless another part settles the answer.
 */
export type Answer = boolean | Unsure;

export interface Unsure {
  readonly unsure: string;
}

export const unsure = (reason: string): Unsure => ({ unsure: reason });

export const isUnsure = (answer: Answer): answer is Unsure => typeof answer === "object";

export const not = (answer: Answer): Answer => (isUnsure(answer) ? answer : !answer);

/** True when every item answers true; false as soon as one answers false. */
export function every<T>(items: Iterable<T>, ask: (item: T) => Answer): Answer {
  let doubt: Unsure | undefined;
  for (const item of items) {
    const answer = ask(item);
    if (answer === false) return false;
    if (isUnsure(answer)) doubt ??= answer;
  }
  return doubt ?? true;
}

/** True as soon as one item answers true; false when every one answers false. */
export function some<T>(items: Iterable<T>, ask: (item: T) => Answer): Answer {
  let doubt: Unsure | undefined;
  for (const item of items) {
    const answer = ask(item);
    if (answer === true) return true;
    if (isUnsure(answer)) doubt ??= answer;
  }
  return doubt ?? false;
}

/** For one question that can be read in two ways: unsure when the readings disagree. */
export function agreed(one: Answer, other: Answer, reason: string): Answer {
  if (isUnsure(one)) return one;
  if (isUnsure(other)) return other;
  return one === other ? one : unsure(reason);
}
