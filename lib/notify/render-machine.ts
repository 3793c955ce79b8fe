import { withoutSecrets } from "../model/redact.ts";
import { resultOf } from "../report/json.ts";
import type { Alert, AlertLine, Digest } from "./alert.ts";
import { lineOf } from "./alert-line.ts";

/** SNS takes 262,144 bytes for all protocols together; the machines' share. */
const machineLimit = 160_000;

/**
 * A digest as JSON for queues, HTTPS endpoints and functions: `digest.schema.json` holds it. What does
 * not fit keeps its place: evidence goes first, then whole alerts move to the one-line rest, least
 * important first.
 */
export function renderMachine(digest: Digest): string {
  const whole = json({ ...digest, alerts: digest.alerts.map(promised) });
  if (bytes(whole) <= machineLimit) return whole;
  const alerts = digest.alerts.map(withoutEvidence);
  let rest: readonly AlertLine[] = digest.rest;
  for (;;) {
    const text = json({ ...digest, alerts: alerts.map(promised), rest });
    if (bytes(text) <= machineLimit) return text;
    const last = alerts.pop();
    if (last !== undefined) rest = [lineOf(last), ...rest];
    else rest = rest.slice(0, Math.floor(rest.length / 2));
  }
}

/** Only what the schema promises: where a finding was asked for, say, is left out. */
const promised = (alert: Alert): object => {
  // A command without what it should hold does something else.
  const remediation = alert.result.remediation.map(({ text, command }) =>
    command === undefined || withoutSecrets(command) !== command ? { text } : { text, command },
  );
  return { ...alert, result: resultOf({ ...alert.result, remediation }) };
};

const json = (value: unknown): string =>
  JSON.stringify(value, (key, item: unknown) =>
    typeof item === "string" && key !== "command" ? withoutSecrets(item) : item,
  );

const bytes = (text: string): number => new TextEncoder().encode(text).length;

const tooLarge = "left out: too large for one message";
const withoutEvidence = (alert: Alert): Alert => ({
  ...alert,
  result: {
    ...alert.result,
    expected: tooLarge,
    actual: tooLarge,
    differences: alert.result.differences.slice(0, 3),
    remediation: [],
  },
  ...(alert.before === undefined ? {} : { before: { ...alert.before, actual: tooLarge } }),
  ...(alert.after === undefined ? {} : { after: { ...alert.after, actual: tooLarge } }),
});
