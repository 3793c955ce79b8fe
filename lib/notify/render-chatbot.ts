import type { Alert } from "./alert.ts";
import { cut, plain } from "./plain.ts";
import {
  causeLines,
  differenceWords,
  elsewhere,
  headline,
  isOpen,
  lasted,
  pasteable,
  transitionWord,
  when,
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

export function renderChatbot(alert: Alert): ChatbotMessage {
  const { result } = alert;
  const lines = [`**What was seen:** ${text(result.detail, 1000)}`];
  for (const difference of result.differences.slice(0, 3)) {
    const word = difference.direction === "excess" ? "It allows" : "It no longer allows";
    lines.push(`- ${isOpen(alert) ? word : "Was"}: ${text(differenceWords(difference), 500)}`);
  }
  if (result.consequence !== undefined && isOpen(alert))
    lines.push(`**Why it matters:** ${text(result.consequence, 500)}`);
  lines.push(
    `**Who:** ${causeLines(alert)
      .slice(0, 3)
      .map((line) => text(line, 500))
      .join("; ")}`,
  );
  lines.push(
    alert.closedAt === undefined
      ? `**Since:** ${when(alert.openedAt)}`
      : `**Was open:** ${lasted(alert.openedAt, alert.closedAt)}`,
  );
  const steps = isOpen(alert) ? result.remediation : [];
  return {
    version: "1.0",
    source: "custom",
    id: alert.id,
    content: {
      textType: "client-markdown",
      title: plain(headline(alert, 250), 250),
      description: lines.join("\n"),
      nextSteps: steps.slice(0, 5).map((step) => `${text(step.text, 400)}${command(step.command)}`),
      keywords: ["rolecall", result.severity, result.platform, alert.transition],
    },
    metadata: {
      threadId: result.id,
      summary: plain(headline(alert), 200),
      eventType: `rolecall.${alert.transition}`,
      relatedResources: [plain(result.resource.arn, 400)],
      additionalContext: {
        severity: result.severity,
        state: transitionWord(alert.transition),
        control: result.control,
        account: result.resource.account,
        region: result.resource.region,
        finding: `${result.id}@${result.digest}`,
      },
    },
  };
}

function command(line: string | undefined): string {
  if (line === undefined) return "";
  const pasted = pasteable(line, 1200, "`");
  return pasted === undefined ? ` (${elsewhere})` : `\n\`\`\`\n${pasted}\n\`\`\``;
}

/** Markdown's own marks lose their meaning, mentions and links too. */
const text = (value: string, limit: number): string =>
  cut(
    plain(value, limit).replace(/[\\`*_~[\]<>|@#]/gu, (mark) => `\\${mark}`),
    limit * 2,
  );
