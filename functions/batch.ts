import type { Message } from "../lib/watch/ports.ts";

/** What Lambda wants to hear of a queue's batch; a bare event is answered with what it came to. */
export function answerBatch<T>(
  input: unknown,
  failed: readonly string[],
  outcome: T,
): T | { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] } {
  if (!isBatch(input)) return outcome;
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

export const isBatch = (input: unknown): boolean =>
  typeof input === "object" && input !== null && "Records" in input && Array.isArray(input.Records);

/** When the oldest event of a batch happened, ISO 8601; undefined when no message is an event. */
export function oldestOf(messages: readonly Message[]): string | undefined {
  const times = messages.flatMap(({ body }) =>
    typeof body === "object" && body !== null && "time" in body && typeof body.time === "string"
      ? [body.time]
      : [],
  );
  return times.toSorted()[0];
}

/** Not a number when there is no time to count from: `measure` leaves it out. */
export const secondsSince = (time: string | undefined): number =>
  time === undefined ? Number.NaN : Math.max(0, (Date.now() - Date.parse(time)) / 1000);
