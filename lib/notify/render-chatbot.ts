import type { RemediationStep } from "../model/result.ts";
import type { Alert, Digest } from "./alert.ts";
import { chatText, entities } from "./chat-text.ts";
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
  occasion,
  pasteable,
  shown,
  sinceWords,
  stateOf,
  whoLines,
  whoTitle,
} from "./words.ts";

/**
 * Amazon Q Developer in chat applications takes this schema only; other text is dropped without a word.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export interface ChatbotMessage {
  readonly version: "1.0";
  readonly source: "custom";
  readonly id: string;
  readonly content: {
    readonly textType: "client-markdown";
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** All that is told of one finding stands in one thread. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** A message for each alert, so that each finding has a thread of its own, and one for the others of the digest. */
export function renderChatbot(digest: Digest): readonly ChatbotMessage[] {
  const told = digest.alerts.map((alert) => messageOf(alert, digest.kind === "test"));
  const rest = restOf(digest);
  return rest === undefined ? told : [...told, rest];
}

/** Well under what Slack and Teams take of one message. */
const descriptionLimit = 6000;

function messageOf(alert: Alert, test: boolean): ChatbotMessage {
  const { result } = alert;
  const title = `${test ? "TEST: " : ""}${headline(alert, 240)}`;
  return {
    version: "1.0",
    source: "custom",
    id: alert.id,
    content: {
      textType: "client-markdown",
      title: chatText(title, 250),
      description: description(alert),
      nextSteps: nextSteps(isOpen(alert) ? result.remediation : []),
      keywords: ["rolecall", result.severity, result.platform, alert.transition],
    },
    metadata: {
      threadId: result.id,
      summary: chatText(title, 200),
      eventType: `rolecall.${alert.transition}`,
      relatedResources: [plain(result.resource.arn, 400)],
      additionalContext: {
        severity: result.severity,
        state: stateOf(alert),
        platform: result.platform,
        control: result.control,
        account: result.resource.account,
        region: result.resource.region,
        finding: `${result.id}@${result.digest}`,
      },
    },
  };
}

function description(alert: Alert): string {
  const { result, before } = alert;
  const open = isOpen(alert);
  const lines: string[] = [];
  const add = (name: string, said: string, limit: number): void => {
    lines.push(`*${name}:* ${chatText(said, limit)}`);
  };
  if (!headlineSaysAll(alert, 240)) add(open ? "What was seen" : "What it was", result.detail, 800);
  if (alert.after !== undefined) add("Now", alert.after.detail, 400);
  const why = occasion(alert);
  if (why !== undefined) lines.push(chatText(why, 500));
  if (result.reason !== undefined && open) add("Undecided because", result.reason, 400);
  lines.push(chatText(sinceWords(alert), 200));
  for (const who of whoLines(alert)) add(whoTitle(alert), who, 500);
  if (before !== undefined && before.detail !== result.detail) add("Before", before.detail, 400);
  const changes = changeLines(alert, 15);
  if (changes.length > 0)
    lines.push(`*Since the last message (- before, + now):*\n${fence(changes.join("\n"))}`);
  for (const difference of result.differences.slice(0, 3))
    add(differenceTitle(difference.direction, alert), differenceWords(difference, result.resource.arn), 500);
  if (result.differences.length > 3) lines.push(`and ${result.differences.length - 3} more`);
  if (open) {
    if (result.consequence !== undefined) add("Why it matters", asSentence(result.consequence, 500), 500);
    const room = { limit: 500, width: 64 };
    lines.push(`*Expected:*\n${fence(shown(result.expected, room))}`);
    lines.push(`*Actual:*\n${fence(shown(result.actual, room))}`);
  }
  // Whole parts only: half a block of code would take the rest of the message with it.
  const kept: string[] = [];
  let left = descriptionLimit - leftOut.length - 1;
  for (const line of lines) {
    if (line.length + 1 > left) continue;
    kept.push(line);
    left -= line.length + 1;
  }
  if (kept.length < lines.length) kept.push(leftOut);
  return kept.join("\n");
}

const leftOut = "Not all of it fits here: the audit's report has it whole.";

const mostSteps = 5;

function nextSteps(steps: readonly RemediationStep[]): readonly string[] {
  const told = steps.slice(0, mostSteps).map((step) => `${chatText(step.text, 400)}${command(step.command)}`);
  const more = steps.length - told.length;
  return more > 0 ? [...told, `and ${more} more: the audit's report has them`] : told;
}

/** What a digest holds beyond the alerts that have a message each: counted, named as far as there is room. */
function restOf(digest: Digest): ChatbotMessage | undefined {
  const others = digest.counts.total - digest.alerts.length;
  if (others <= 0) return undefined;
  const named = digest.rest.slice(0, 20).map(({ says }) => `- ${chatText(says, 160)}`);
  const more = others > named.length ? [`- and ${others - named.length} more`] : [];
  const title = `${digest.counts.total} alerts in account ${digest.account}: ${severityCounts(digest.counts)}`;
  return {
    version: "1.0",
    source: "custom",
    id: digest.id,
    content: {
      textType: "client-markdown",
      title: chatText(title, 250),
      description: [
        `The worst ${digest.alerts.length} have a message each. The others:`,
        ...named,
        ...more,
      ].join("\n"),
      nextSteps: [chatText(digest.where, 300)],
      keywords: ["rolecall", digest.attributes.severity],
    },
    metadata: {
      threadId: digest.id,
      summary: chatText(title, 200),
      eventType: `rolecall.digest.${digest.kind}`,
      relatedResources: [],
      additionalContext: { account: digest.account, kind: digest.kind },
    },
  };
}

/** A block as it stands; what would end it is replaced. */
const fence = (block: string): string => `\`\`\`\n${entities(block).replace(/`/gu, "ˋ")}\n\`\`\``;

function command(line: string | undefined): string {
  if (line === undefined) return "";
  const pasted = pasteable(entities(line), 1200, "`");
  return pasted === undefined ? ` (${elsewhere})` : `\n\`\`\`\n${pasted}\n\`\`\``;
}
