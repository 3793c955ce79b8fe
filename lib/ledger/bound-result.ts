import type { Result } from "../model/result.ts";

/** Characters of JSON that a remembered result may take; a transaction of 30 findings stays under 4 MB. */
const most = 16_384;
const mostDifferences = 10;

const size = (value: unknown): number => JSON.stringify(value)?.length ?? 0;

/**
 * A result small enough to remember and to send. What does not fit is said to be left out, not cut in
 * two; the audit's report has it whole.
 */
export function boundResult(result: Result): Result {
  if (size(result) <= most) return result;
  const lean: Result = {
    ...result,
    detail: clip(result.detail),
    ...(result.consequence === undefined ? {} : { consequence: clip(result.consequence) }),
    ...(result.reason === undefined ? {} : { reason: clip(result.reason) }),
    differences: within(result.differences.slice(0, mostDifferences), most / 4),
    remediation: within(result.remediation, most / 4),
  };
  if (size(lean) <= most) return lean;
  return { ...lean, expected: leftOut(lean.expected), actual: leftOut(lean.actual) };
}

const clip = (text: string): string => (text.length > 1000 ? `${text.slice(0, 999)}…` : text);

/** The first ones that fit. */
function within<T>(list: readonly T[], room: number): readonly T[] {
  const kept: T[] = [];
  let left = room;
  for (const item of list) {
    left -= size(item);
    if (left < 0) break;
    kept.push(item);
  }
  return kept;
}

function leftOut(value: unknown): unknown {
  const length = size(value);
  return length <= most / 8 ? value : `(${length} characters, left out here: see the audit's report)`;
}
