import type { Severity } from "../model/severity.ts";
import type { Alert, Digest } from "./alert.ts";
import { capped, chatCode, chatText, entities } from "./chat-text.ts";
import { severityCounts } from "./count.ts";
import { plain } from "./plain.ts";
import {
  asSentence,
  changeLines,
  differenceTitle,
  differenceWords,
  elsewhere,
  headline,
  headlineSaysAll,
  isOpen,
  lasted,
  leadOf,
  occasion,
  pasteable,
  shown,
  showsDifferingStatements,
  stateOf,
  when,
  whoLines,
  whoTitle,
} from "./words.ts";

/** Incoming webhook payload. https://docs.slack.dev/reference/block-kit/blocks: 50 blocks a message. */
export interface SlackMessage {
  /** What a notification shows, and screen readers read; the message itself shows its blocks. */
  readonly text: string;
  /** What the message holds: account, time and counts. */
  readonly blocks: readonly SlackBlock[];
  readonly attachments: readonly SlackAttachment[];
}
interface SlackAttachment {
  readonly color: string;
  readonly fallback: string;
  readonly blocks: readonly SlackBlock[];
}
type SlackText =
  | { readonly type: "plain_text"; readonly text: string; readonly emoji: false }
  | { readonly type: "mrkdwn"; readonly text: string; readonly verbatim: true };
type SlackBlock =
  | { readonly type: "header"; readonly text: SlackText }
  | { readonly type: "section"; readonly text: SlackText; readonly fields?: readonly SlackText[] }
  | { readonly type: "context"; readonly elements: readonly SlackText[] }
  | { readonly type: "divider" };

const blockLimit = 50;
/** In all, to stay well under what Slack truncates. */
const messageLimit = 12_000;

/** Severity is said in words as well: colour alone tells nothing to many. */
const colours: Readonly<Record<Severity, string>> = {
  critical: "#9f1239",
  high: "#c2410c",
  medium: "#b45309",
  low: "#1d4ed8",
  info: "#6b7280",
};
const resolvedColour = "#15803d";

/**
 * A digest as Slack messages, worst first: as many as its parts need, each within Slack's limits. The
 * evidence stands last in its own attachment, which Slack folds behind "Show more".
 */
export function renderSlack(digest: Digest): readonly SlackMessage[] {
  const messages: SlackMessage[] = [];
  let attachments: SlackAttachment[] = [];
  const lead = digest.alerts[0];
  const more = digest.counts.total - 1;
  const text = entities(`${leadOf(digest, lead)}${more > 0 ? ` (+${more} more)` : ""}`);
  const flush = () => {
    const continued = messages.length === 0 ? "" : " (continued)";
    if (attachments.length > 0)
      messages.push({
        text: `${text}${continued}`,
        blocks: [context(`${overview(digest)}${continued}`)],
        attachments,
      });
    attachments = [];
  };
  const parts = [
    ...digest.alerts.map((alert) => alertAttachments(alert, digest.kind === "test")),
    ...(digest.counts.total > digest.alerts.length ? [[restAttachment(digest)]] : []),
  ];
  const fits = (some: readonly SlackAttachment[]): boolean =>
    size(some) <= messageLimit - 1000 && blocks(some) < blockLimit;
  for (const part of parts) {
    // What belongs together stays together, where one message has room for it.
    for (const group of fits(part) ? [part] : part.map((one) => [one])) {
      if (!fits([...attachments, ...group])) flush();
      attachments.push(...group);
    }
  }
  flush();
  return messages;
}

const blocks = (attachments: readonly SlackAttachment[]): number =>
  attachments.reduce((sum, attachment) => sum + attachment.blocks.length, 0);
const size = (attachments: readonly SlackAttachment[]): number => JSON.stringify(attachments).length;

function overview({ kind, account, at, counts }: Digest): string {
  const what = {
    news: "",
    standing: "Still open. ",
    roll: "The weekly list of what is still open. ",
    test: "A test of the routes, nothing happened. ",
  }[kind];
  return chatText(`${what}Account ${account}, ${when(at)}: ${severityCounts(counts)}`, 300);
}

function alertAttachments(alert: Alert, test: boolean): SlackAttachment[] {
  const { result } = alert;
  const open = isOpen(alert);
  const color = open ? colours[result.severity] : resolvedColour;
  const title = `${test ? "TEST: " : ""}${headline(alert, 300)}`;
  const header = escapedCut(title, 150);
  const saysAll = header === entities(title) && headlineSaysAll(alert, 300);
  const main: SlackBlock[] = [{ type: "header", text: { type: "plain_text", text: header, emoji: false } }];
  const said = [
    ...(saysAll ? [] : [`${open ? "" : "It was: "}${plain(result.detail, 700)}`]),
    ...(alert.after === undefined ? [] : [`Now: ${plain(alert.after.detail, 400)}`]),
    occasion(alert) ?? "",
    result.reason === undefined || !open ? "" : `Undecided because: ${plain(result.reason, 400)}`,
  ].filter((line) => line !== "");
  const was =
    alert.before === undefined || alert.before.severity === result.severity ? "" : alert.before.severity;
  main.push(
    section([chatCode(result.resource.arn, 300), ...said.map((line) => chatText(line, 1000))].join("\n"), [
      field("Severity", was === "" ? result.severity : `${result.severity} (was ${was})`),
      field(
        "State",
        `${stateOf(alert)}${alert.transition !== "resolved" && !open ? ", resolved since" : ""}`,
      ),
      field("Platform", `${result.platform}, ${result.resource.region}, account ${result.resource.account}`),
      field(
        alert.closedAt === undefined ? "Since" : "Was open for",
        alert.closedAt === undefined ? when(alert.openedAt) : lasted(alert.openedAt, alert.closedAt),
      ),
    ]),
  );
  const who = whoLines(alert).map((line) => chatText(line, 700));
  if (who.length > 0) main.push(section(cutLines(`*${whoTitle(alert)}*\n${who.join("\n")}`, 1500)));
  if (alert.before !== undefined) main.push(...beforeSections(alert));
  for (const direction of ["excess", "missing"] as const) {
    const own = result.differences.filter((difference) => difference.direction === direction);
    if (own.length === 0) continue;
    const lines = own
      .slice(0, 3)
      .map((one) => `• ${chatText(differenceWords(one, result.resource.arn), 700)}`);
    if (own.length > 3) lines.push(`• and ${own.length - 3} more`);
    main.push(section(cutLines(`*${differenceTitle(direction, alert)}*\n${lines.join("\n")}`, 1500)));
  }
  if (result.consequence !== undefined && open)
    main.push(
      section(cutLines(`*Why it matters*\n${chatText(asSentence(result.consequence, 500), 500)}`, 1000)),
    );
  main.push(
    context(`To quote${open ? " or suppress" : ""}: ${chatCode(`${result.id}@${result.digest}`, 100)}`),
  );
  const first: SlackAttachment = { color, fallback: entities(title), blocks: main };
  if (!open) return [first];
  return [
    first,
    { color: "#d1d5db", fallback: "How to put it back, expected and actual", blocks: evidence(alert) },
  ];
}

function beforeSections(alert: Alert): SlackBlock[] {
  const { before, result } = alert;
  if (before === undefined) return [];
  const said = [
    before.detail === result.detail ? "" : cutLines(`*Before:* ${chatText(before.detail, 400)}`, 1000),
    before.verdict === result.verdict ? "" : `It was ${before.verdict} and is ${result.verdict}.`,
  ].filter((line) => line !== "");
  const lines = changeLines(alert, 20);
  if (lines.length > 0)
    said.push(`*Since the last message* (- before, + now)\n${fence(lines.join("\n"), 900)}`);
  return said.length === 0 ? [] : [section(said.join("\n"))];
}

const mostSteps = 3;

function evidence(alert: Alert): SlackBlock[] {
  const { expected, actual, remediation, title } = alert.result;
  const folded: SlackBlock[] = remediation.slice(0, mostSteps).map((step) => {
    const text = `*${step.command === undefined ? "What to do" : "To put it back"}:* ${chatText(step.text, 300)}`;
    if (step.command === undefined) return section(text);
    const pasted = pasteable(entities(step.command), Math.min(2400, 2900 - text.length), "`");
    return section(`${text}\n${pasted === undefined ? `_${elsewhere}_` : `\`\`\`${pasted}\`\`\``}`);
  });
  if (remediation.length > mostSteps)
    folded.push(section(`and ${remediation.length - mostSteps} more steps: the audit's report has them`));
  const only = showsDifferingStatements(expected, actual) ? " (only what differs)" : "";
  const room = { limit: 900, width: 64 };
  folded.push(
    section(`*Should be:* ${chatText(asSentence(title, 400), 400)}`),
    section(`*Expected${only}*\n${fence(shown(expected, room), 1100)}`),
    section(`*Actual${only}*\n${fence(shown(actual, room), 1100)}`),
  );
  return folded;
}

function restAttachment(digest: Digest): SlackAttachment {
  const lines: string[] = [];
  let length = 0;
  for (const line of digest.rest) {
    const text = `• ${chatText(line.says, 160)}`;
    if (length + text.length > 2400) break;
    lines.push(text);
    length += text.length + 1;
  }
  const hidden = digest.counts.total - digest.alerts.length - lines.length;
  if (hidden > 0) lines.push(`• and ${hidden} more`);
  return {
    color: "#d1d5db",
    fallback: "The others",
    blocks: [section(`*The others, worst first*\n${lines.join("\n")}`), section(chatText(digest.where, 300))],
  };
}

const escapedCut = (text: string, limit: number): string => capped(entities(text), limit);
const fence = (text: string, limit: number): string =>
  `\`\`\`${escapedCut(text.replace(/`/gu, "ˋ"), limit)}\`\`\``;

/** Cut after escaping, at the end of a line where there is one, so that no entity is cut in two. */
function cutLines(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.lastIndexOf("\n", limit);
  return end > limit / 2 ? `${text.slice(0, end)}\n…` : capped(text, limit);
}

const context = (text: string): SlackBlock => ({
  type: "context",
  elements: [{ type: "mrkdwn", text, verbatim: true }],
});

function section(text: string, fields?: readonly SlackText[]): SlackBlock {
  const body: SlackText = { type: "mrkdwn", text: capped(text, 3000), verbatim: true };
  return fields === undefined ? { type: "section", text: body } : { type: "section", text: body, fields };
}
const field = (name: string, value: string): SlackText => ({
  type: "mrkdwn",
  text: capped(`*${name}*\n${chatText(value, 300)}`, 2000),
  verbatim: true,
});
