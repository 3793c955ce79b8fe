import type { Difference } from "../model/result.ts";
import type { Alert, AlertLine, Digest } from "./alert.ts";
import { severityCounts } from "./count.ts";
import { ascii, plain } from "./plain.ts";
import {
  asSentence,
  changeLines,
  differenceTitle,
  differenceWords,
  elsewhere,
  headline,
  headlineSaysAll,
  isOpen,
  leadOf,
  occasion,
  pasteable,
  shown,
  showsDifferingStatements,
  sinceWords,
  stateWord,
  when,
  whoLines,
  whoTitle,
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
  const alone = digest.counts.total === 1;
  const opening = [`${lead}${tail}`, ...overview(digest)];
  const closing = [...restLines(digest.rest, digest), plain(digest.where, 400), "", foot];
  const body: string[] = [...opening, ""];
  let left = bodyLimit - closing.join("\n").length - opening.join("\n").length;
  let omitted = 0;
  for (const [index, alert] of digest.alerts.entries()) {
    const heading = alone
      ? []
      : [`== ${index + 1} of ${digest.alerts.length} ==`, headline(alert, headlineLimit), ""];
    const text = [...heading, ...alertLines(alert)].join("\n");
    if (text.length + 2 > left) omitted += 1;
    else {
      body.push(text, "");
      left -= text.length + 2;
    }
  }
  if (omitted > 0) body.push(`${omitted} more did not fit in this message.`, "");
  return { subject, body: [...body, ...closing].join("\n") };
}

const headlineLimit = 400;

const foot =
  "“Allows” means by the role's own policies, boundary and trust policy. Service and resource control policies, session policies and policies on resources are not read.";

/** What the message holds; a single alert of the day says that itself. */
function overview(digest: Digest): readonly string[] {
  const { counts, kind, account, at } = digest;
  if (counts.total === 1 && kind === "news") return [];
  const late = counts.explaining ?? 0;
  const states = Object.entries({ ...counts.byTransition, late })
    .map(([what, count]) => [what, what === "changed" ? count - late : count] as const)
    .filter(([, count]) => count > 0)
    .map(([what, count]) =>
      what === "late" ? `${count} now known who` : `${count} ${stateWord(what as Alert["transition"])}`,
    );
  const what = {
    news: "Account",
    standing: "Still open in account",
    roll: "The weekly list of what is still open in account",
    test: "A test of the routes, nothing happened in account",
  }[kind];
  return ["", `${what} ${account}, ${when(at)}: ${severityCounts(counts)} (${states.join(", ")}).`];
}

function alertLines(alert: Alert): readonly string[] {
  const { result } = alert;
  const why = occasion(alert);
  const who = whoLines(alert);
  const open = isOpen(alert);
  const said = [
    ...(headlineSaysAll(alert, headlineLimit)
      ? []
      : [`${open ? "" : "It was: "}${plain(result.detail, 1500)}`]),
    ...(alert.after === undefined ? [] : [`Now: ${plain(alert.after.detail, 600)}`]),
    ...(why === undefined ? [] : [why]),
    ...(result.reason === undefined || !open ? [] : [`Undecided because: ${plain(result.reason, 600)}`]),
  ];
  return [
    ...said,
    ...(said.length === 0 ? [] : [""]),
    `Resource: ${plain(result.resource.arn, 400)}`,
    `Severity: ${severityWords(alert)}. Platform: ${result.platform}. Control: ${result.control}.`,
    sinceWords(alert),
    ...titled(whoTitle(alert), who),
    ...beforeLines(alert),
    ...differenceLines(alert, "excess"),
    ...differenceLines(alert, "missing"),
    ...(result.consequence !== undefined && open
      ? ["", `Why it matters: ${asSentence(result.consequence, 800)}`]
      : []),
    ...(open ? [...remedyLines(alert), ...evidenceLines(alert)] : []),
    "",
    `To quote${open ? " or suppress" : ""}: ${result.id}@${result.digest}`,
  ];
}

function severityWords({ before, result }: Alert): string {
  const was = before === undefined || before.severity === result.severity ? "" : ` (was ${before.severity})`;
  return `${result.severity}${was}`;
}

/** Nothing for nothing; one line beside its title, several below it. */
function titled(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length < 2) return lines.map((line) => `${title}: ${line}`);
  return [`${title}:`, ...lines.map((line) => `- ${line}`)];
}

function beforeLines(alert: Alert): readonly string[] {
  const { before, result } = alert;
  if (before === undefined) return [];
  const lines = changeLines(alert, 40);
  return [
    "",
    ...(before.detail === result.detail ? [] : [`Before: ${plain(before.detail, 600)}`]),
    ...(before.verdict === result.verdict ? [] : [`It was ${before.verdict} and is ${result.verdict}.`]),
    ...(lines.length === 0 ? [] : ["Since the last message (- before, + now):", ...lines]),
  ];
}

function differenceLines(alert: Alert, direction: Difference["direction"]): readonly string[] {
  const { differences, resource } = alert.result;
  const own = differences.filter((difference) => difference.direction === direction);
  if (own.length === 0) return [];
  const more = own.length > 5 ? [`- and ${own.length - 5} more`] : [];
  const told = own.slice(0, 5).map((difference) => `- ${differenceWords(difference, resource.arn)}`);
  return ["", `${differenceTitle(direction, alert)}:`, ...told, ...more];
}

function evidenceLines({ result: { expected, actual, title } }: Alert): readonly string[] {
  const only = showsDifferingStatements(expected, actual) ? " (only what differs)" : "";
  const room = { limit: 1500, width: 42 };
  return [
    "",
    `Should be: ${asSentence(title, 400)}`,
    "",
    `Expected${only}:`,
    shown(expected, room),
    "",
    `Actual${only}:`,
    shown(actual, room),
  ];
}

function remedyLines(alert: Alert): readonly string[] {
  const { remediation } = alert.result;
  if (remediation.length === 0) return [];
  const steps = remediation.flatMap((step) => {
    const text = `- ${plain(step.text, 400)}`;
    if (step.command === undefined) return [text];
    const pasted = pasteable(step.command, 6000);
    return pasted === undefined ? [text, `  (${elsewhere})`] : [text, "", pasted, ""];
  });
  const title = remediation.some(({ command }) => command !== undefined) ? "To put it back:" : "What to do:";
  return ["", title, ...(steps.at(-1) === "" ? steps.slice(0, -1) : steps)];
}

function restLines(rest: readonly AlertLine[], digest: Digest): readonly string[] {
  const hidden = digest.counts.total - digest.alerts.length - rest.length;
  if (rest.length + hidden === 0) return [];
  return [
    "== The others, worst first ==",
    ...rest.map((line) => `- ${plain(line.says, 200)}`),
    ...(hidden > 0 ? [`- and ${hidden} more`] : []),
    "",
  ];
}
