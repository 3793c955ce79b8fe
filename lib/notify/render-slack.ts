import type { Severity } from "../model/severity.ts";
import type { Alert, Digest } from "./alert.ts";
import { cut, plain } from "./plain.ts";
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

/** Incoming webhook payload. https://docs.slack.dev/reference/block-kit/blocks: 50 blocks a message. */
export interface SlackMessage {
  /** What a notification shows; also read by screen readers. */
  readonly text: string;
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
    if (attachments.length > 0)
      messages.push({ text: messages.length === 0 ? text : `${text} (continued)`, attachments });
    attachments = [];
  };
  const parts = [
    ...digest.alerts.map((alert) => alertAttachments(alert, digest.kind === "test")),
    ...(digest.rest.length > 0 ? [[restAttachment(digest)]] : []),
  ];
  for (const part of parts) {
    const joined = [...attachments, ...part];
    if (attachments.length > 0 && (size(joined) > messageLimit - 500 || blocks(joined) > blockLimit)) flush();
    attachments.push(...part);
  }
  flush();
  return messages;
}

const blocks = (attachments: readonly SlackAttachment[]): number =>
  attachments.reduce((sum, attachment) => sum + attachment.blocks.length, 0);
const size = (attachments: readonly SlackAttachment[]): number => JSON.stringify(attachments).length;

function alertAttachments(alert: Alert, test: boolean): SlackAttachment[] {
  const { result } = alert;
  const color = isOpen(alert) ? colours[result.severity] : resolvedColour;
  const title = `${test ? "TEST: " : ""}${headline(alert, 300)}`;
  const main: SlackBlock[] = [
    { type: "header", text: { type: "plain_text", text: escapedCut(title, 150), emoji: false } },
    section(`${code(result.resource.arn, 300)}\n${entities(plain(result.detail, 700))}`, [
      field("Severity", result.severity),
      field("State", transitionWord(alert.transition)),
      field("Platform", `${result.platform}, ${result.resource.region}, account ${result.resource.account}`),
      field(
        alert.closedAt === undefined ? "Since" : "Was open",
        alert.closedAt === undefined ? when(alert.openedAt) : lasted(alert.openedAt, alert.closedAt),
      ),
    ]),
  ];
  const differences = result.differences.slice(0, 3).map((difference) => {
    const word = difference.direction === "excess" ? "allows" : "no longer allows";
    return `• ${isOpen(alert) ? word : "was"}: ${entities(differenceWords(difference))}`;
  });
  if (result.differences.length > 3) differences.push(`• and ${result.differences.length - 3} more`);
  if (differences.length > 0) main.push(section(cut(differences.join("\n"), 1500)));
  if (result.consequence !== undefined && isOpen(alert))
    main.push(section(`*Why it matters:* ${entities(plain(result.consequence, 500))}`));
  if (alert.transition === "changed" && alert.before !== undefined)
    main.push(section(`*Before:* ${entities(plain(alert.before.detail, 400))}`));
  main.push(
    section(
      `*${isOpen(alert) ? "Who" : "Who ended it"}:* ${cut(causeLines(alert).slice(0, 4).map(entities).join("\n"), 900)}`,
    ),
  );
  if (alert.suppression !== undefined) {
    const { owner, reason, until } = alert.suppression;
    main.push(
      section(
        `*Accepted by* ${entities(plain(owner, 80))} until ${entities(plain(until, 20))}: ${entities(plain(reason, 200))}`,
      ),
    );
  }
  main.push({
    type: "context",
    elements: [{ type: "mrkdwn", text: code(`${result.id}@${result.digest}`, 100), verbatim: true }],
  });
  const first: SlackAttachment = { color, fallback: entities(title), blocks: main };
  if (!isOpen(alert)) return [first];
  return [first, { color: "#d1d5db", fallback: "Evidence and how to put it back", blocks: evidence(alert) }];
}

function evidence(alert: Alert): SlackBlock[] {
  const { expected, actual, remediation } = alert.result;
  const folded: SlackBlock[] = remediation.slice(0, 3).map((step) => {
    const pasted = step.command === undefined ? "" : pasteable(entities(step.command), 2400, "`");
    const command =
      pasted === "" ? "" : pasted === undefined ? `\n_${elsewhere}_` : `\n\`\`\`${pasted}\`\`\``;
    return section(`*Put it back:* ${entities(plain(step.text, 300))}${command}`);
  });
  folded.push(
    section(`*Expected*\n${fence(shown(expected, 900), 1000)}`),
    section(`*Actual*\n${fence(shown(actual, 900), 1000)}`),
  );
  return folded;
}

function restAttachment(digest: Digest): SlackAttachment {
  const lines: string[] = [];
  let length = 0;
  for (const line of digest.rest) {
    const text = `• ${line.severity}, ${transitionWord(line.transition)}: ${entities(plain(line.title, 100))}: ${code(line.resource, 120)}`;
    if (length + text.length > 2400) break;
    lines.push(text);
    length += text.length + 1;
  }
  const hidden = digest.counts.total - digest.alerts.length - lines.length;
  if (hidden > 0) lines.push(`• and ${hidden} more`);
  return {
    color: "#d1d5db",
    fallback: "The others",
    blocks: [
      section(`*The others, worst first*\n${lines.join("\n")}`),
      section(entities(plain(digest.where, 300))),
    ],
  };
}

/** The three characters that Slack gives a meaning in every text: no mention or link can be forged. */
const entities = (text: string): string =>
  text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/>/gu, "&gt;");
const code = (text: string, limit: number): string =>
  `\`${entities(plain(text, limit)).replace(/`/gu, "ˋ")}\``;
/** Cut after escaping, without leaving half an entity at the cut. */
const escapedCut = (text: string, limit: number): string =>
  cut(entities(text), limit).replace(/&[a-z]{0,3}…$/u, "…");
const fence = (text: string, limit: number): string =>
  `\`\`\`${escapedCut(text.replace(/`/gu, "ˋ"), limit)}\`\`\``;

function section(text: string, fields?: readonly SlackText[]): SlackBlock {
  const body: SlackText = { type: "mrkdwn", text: cut(text, 3000), verbatim: true };
  return fields === undefined ? { type: "section", text: body } : { type: "section", text: body, fields };
}
const field = (name: string, value: string): SlackText => ({
  type: "mrkdwn",
  text: cut(`*${name}*\n${entities(plain(value, 300))}`, 2000),
  verbatim: true,
});
