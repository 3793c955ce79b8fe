import { field } from "../change/field.ts";
import type { Digest } from "./alert.ts";

/**
 * The digests of a handler's input: an SNS event's, or the bare digest as `serverless invoke` gives it.
 * Throws on anything else: an alert that is not understood must end among the dead letters, not in silence.
 */
export function readDigests(input: unknown): readonly Digest[] {
  const records = field(input, "Records");
  if (!Array.isArray(records)) return [checked(input)];
  return records.map((record) => {
    const message = field(field(record, "Sns"), "Message");
    if (typeof message !== "string") throw new TypeError("a record of the event holds no SNS message");
    let value: unknown;
    try {
      value = JSON.parse(message);
    } catch {
      throw new TypeError("an SNS message is not JSON");
    }
    return checked(value);
  });
}

// The topic's policy lets only the flusher publish: what says it is a digest is one of ours.
function checked(value: unknown): Digest {
  if (field(value, "schema") !== "rolecall.digest.v1" || !Array.isArray(field(value, "alerts")))
    throw new TypeError("a message is no digest of this version");
  return value as Digest;
}
