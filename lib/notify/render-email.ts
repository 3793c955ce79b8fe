import { severities } from "../model/severity.ts";
import type { Alert, AlertLine, Digest } from "./alert.ts";
import { ascii, plain } from "./plain.ts";
import {
  causeLines,
  differenceWords,
  elsewhere,
  headline,
  isOpen,
  lasted,
  leadOf,
  pasteable,
  shown,
  transitionWord,
  when,
} from "./words.ts";

/** SNS: ASCII, one line, at most 99 characters (AWS docs: fewer than 100). */
const subjectLimit = 99;
/** SNS takes 262,144 bytes for all protocols together; the text's share, in characters. */
const bodyLimit = 48_000;

export interface Email {
  readonly subject: string;
  readonly body: string;
}

/**
 * A digest as an e-mail: worst first, the lock-screen line before all else, paragraphs unbroken so that
 * a phone can wrap them. Plain text: SNS sends nothing else.
 */
export function renderEmail(digest: Digest): Email {
  const first = digest.alerts[0];
  const lead = leadOf(digest, first);
  const more = digest.counts.total - 1;
  const tail = more > 0 ? ` (+${more} more)` : "";
  const subject = `${ascii(lead, subjectLimit - tail.length)}${tail}`;
  const opening = [more > 0 ? `${lead} (+${more} more)` : lead, "", overview(digest)];
  const closing = [...restLines(digest.rest, digest), plain(digest.where, 400), "", foot];
  const body: string[] = [...opening, ""];
  let left = bodyLimit - closing.join("\n").length - opening.join("\n").length;
  let omitted = 0;
  for (const [index, alert] of digest.alerts.entries()) {
    const text = alertText(alert, `${index + 1} of ${digest.alerts.length}`);
    if (text.length + 2 > left) omitted += 1;
    else {
      body.push(text, "");
      left -= text.length + 2;
    }
  }
  if (omitted > 0) body.push(`${omitted} more did not fit in this message.`, "");
  return { subject, body: [...body, ...closing].join("\n") };
}

const foot =
  "What a policy allows is judged from the role's own policies and boundary. Service and resource control policies, resource policies and session policies are not read.";

function overview(digest: Digest): string {
  const transitions = Object.entries(digest.counts.byTransition)
    .filter(([, count]) => count > 0)
    .map(([transition, count]) => `${count} ${transitionWord(transition as Alert["transition"])}`);
  const bySeverity = [...severities]
    .reverse()
    .filter((severity) => digest.counts.bySeverity[severity] > 0)
    .map((severity) => `${digest.counts.bySeverity[severity]} ${severity}`);
  const kind = {
    news: "Account",
    standing: "Still open in account",
    roll: "The weekly roll of account",
    test: "A test, nothing happened in account",
  }[digest.kind];
  return `${kind} ${digest.account}, ${when(digest.at)}: ${transitions.join(", ")} (${bySeverity.join(", ")}).`;
}

function alertText(alert: Alert, place: string): string {
  const { result } = alert;
  const lines = [
    `== ${place}: ${transitionWord(alert.transition)}, ${result.severity} ==`,
    headline(alert, 400),
    plain(result.resource.arn, 400),
    "",
    `Should be: ${plain(result.title, 400)}`,
    `${isOpen(alert) ? "What was seen" : "What it was"}: ${plain(result.detail, 1500)}`,
  ];
  if (result.reason !== undefined) lines.push(`Why undecided: ${plain(result.reason, 600)}`);
  lines.push(...differenceLines(alert), ...whenLines(alert));
  lines.push("", isOpen(alert) ? "Who:" : "Who ended it:", ...causeLines(alert).map((line) => `- ${line}`));
  if (alert.suppression !== undefined) {
    const { owner, reason, until } = alert.suppression;
    lines.push("", `Accepted by ${plain(owner, 100)} until ${plain(until, 20)}: ${plain(reason, 300)}`);
  }
  if (isOpen(alert)) lines.push(...evidenceLines(alert), ...remedyLines(alert));
  lines.push("", `To quote or suppress: ${result.id}@${result.digest}`);
  return lines.join("\n");
}

/** Platforms' words begin small where a report puts them after its own. */
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function differenceLines(alert: Alert): string[] {
  const { differences, consequence } = alert.result;
  const now = isOpen(alert);
  const excess = differences.filter((difference) => difference.direction === "excess");
  const missing = differences.filter((difference) => difference.direction === "missing");
  const lines: string[] = [];
  if (excess.length > 0)
    lines.push(
      "",
      now ? "It now allows:" : "It allowed:",
      ...excess.slice(0, 5).map((d) => `- ${differenceWords(d)}`),
    );
  if (excess.length > 5) lines.push(`- and ${excess.length - 5} more`);
  if (missing.length > 0)
    lines.push(
      "",
      now ? "It no longer allows:" : "It did not allow:",
      ...missing.slice(0, 5).map((d) => `- ${differenceWords(d)}`),
    );
  if (missing.length > 5) lines.push(`- and ${missing.length - 5} more`);
  if (consequence !== undefined && now)
    lines.push("", `Why it matters: ${sentence(plain(consequence, 800))}`);
  return lines;
}

function whenLines(alert: Alert): string[] {
  if (alert.closedAt !== undefined) {
    return [
      "",
      `Open from ${when(alert.openedAt)} to ${when(alert.closedAt)}: ${lasted(alert.openedAt, alert.closedAt)}.`,
    ];
  }
  const lines = ["", `Since: ${when(alert.openedAt)}`];
  if (alert.transition === "changed" && alert.before !== undefined) {
    const { before } = alert;
    lines.push(`Before: ${plain(before.detail, 600)}`);
    if (before.severity !== alert.result.severity)
      lines.push(`Severity was ${before.severity}, is ${alert.result.severity}.`);
    if (before.verdict !== alert.result.verdict)
      lines.push(`Verdict was ${before.verdict}, is ${alert.result.verdict}.`);
  }
  return lines;
}

function evidenceLines(alert: Alert): string[] {
  const { expected, actual } = alert.result;
  return ["", "Expected:", shown(expected, 1500), "", "Actual:", shown(actual, 1500)];
}

function remedyLines(alert: Alert): string[] {
  const { remediation } = alert.result;
  if (remediation.length === 0) return [];
  const steps = remediation.flatMap((step) => {
    const text = `- ${plain(step.text, 400)}`;
    if (step.command === undefined) return [text];
    const pasted = pasteable(step.command, 6000);
    return pasted === undefined ? [text, `  (${elsewhere})`] : [text, "", pasted, ""];
  });
  return ["", "To put it back:", ...steps];
}

function restLines(rest: readonly AlertLine[], digest: Digest): string[] {
  if (rest.length === 0) return [];
  const hidden = digest.counts.total - digest.alerts.length - rest.length;
  return [
    "== The others, worst first ==",
    ...rest.map(
      (line) =>
        `- ${line.severity}, ${transitionWord(line.transition)}: ${plain(line.title, 160)}: ${plain(line.resource, 200)}`,
    ),
    ...(hidden > 0 ? [`- and ${hidden} more`] : []),
    "",
  ];
}
