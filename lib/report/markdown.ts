import { codeSpan } from "../model/code-span.ts";
import type { Report } from "../model/report.ts";
import type { Result } from "../model/result.ts";
import { type Severity, severities } from "../model/severity.ts";
import { changedLines } from "./changed-lines.ts";
import { footnote } from "./footnote.ts";
import { count, headline } from "./headline.ts";
import { codeBlock, escapeInHtml, escapeMarkdown, proseToMarkdown } from "./markdown-text.ts";
import { byText, isOpen, worstFirst } from "./order.ts";
import { resourceName } from "./resource-name.ts";
import { differenceInWords } from "./witness.ts";

/** GitHub refuses a comment of more than 65,536 characters; GitLab and others take more. */
const maxLength = 60_000;
/** What counts the findings that are not shown. */
const maxRest = 300;
const maxFinding = 12_000;
const maxCommand = 4_000;
const maxSummary = 140;
const maxDifferences = 8;

/** A comment for a pull request: the answer, the account in a table, the findings worst first. */
export function renderMarkdown(report: Report): string {
  const shown = worstFirst(report.results).filter((r) => isOpen(r) || r.verdict === "unavailable");
  const foot = `${proseToMarkdown(footnote)}\n`;
  const room = maxLength - foot.length - maxRest;
  let text = `${head(report)}\n`;
  let listed = 0;
  for (const result of shown) {
    const block = finding(result);
    if (text.length + block.length > room) break;
    text += `${block}\n`;
    listed += 1;
  }
  if (listed < shown.length) text += `${rest(shown.slice(listed))}\n\n`;
  return `${text}${foot}`;
}

function head(report: Report): string {
  const { answer, notes } = headline(report);
  const when = `${report.at.slice(0, 16).replace("T", " ")} UTC`;
  const source = report.source === "live" ? "read live" : "from a snapshot";
  return [
    "## Rolecall",
    "",
    `**Are we all right? ${answer}** ${notes.join(" ")}`,
    "",
    `Account ${codeSpan(report.account)}, ${source}, ${escapeMarkdown(when)}.`,
    "",
    ...platformTable(report.results),
  ].join("\n");
}

function platformTable(results: readonly Result[]): readonly string[] {
  const platforms = [...new Set(results.map((r) => r.platform))].sort(byText);
  if (platforms.length === 0) return [];
  const rows = platforms.map((platform) => {
    const own = results.filter((r) => r.platform === platform);
    const cells = [
      own.filter((r) => isOpen(r) && r.verdict === "failed"),
      own.filter((r) => isOpen(r) && r.verdict === "undecided"),
      own.filter((r) => r.verdict === "unavailable"),
      own.filter((r) => r.suppression !== undefined),
      own.filter((r) => r.verdict === "passed"),
    ].map((some) => (some.length === 0 ? "" : String(some.length)));
    return `| ${escapeMarkdown(platform)} | ${cells.join(" | ")} |`;
  });
  return [
    "| platform | failed | undecided | not seen | suppressed | passed |",
    "| :-- | --: | --: | --: | --: | --: |",
    ...rows,
    "",
  ];
}

function finding(result: Result): string {
  const label = result.verdict === "failed" ? result.severity : `${result.severity}, ${verdictWords(result)}`;
  const name = resourceName(result.resource);
  const body = [
    `<details><summary><b>${label}</b> · ${escapeInHtml(result.platform)} · <code>${escapeInHtml(name)}</code> · ${escapeInHtml(clipped(result.detail))}</summary>`,
    "",
    `Should be: ${proseToMarkdown(result.title.replace(/\.$/, ""))}.`,
    "",
    `${proseToMarkdown(result.detail)}${result.consequence === undefined ? "" : ` ${proseToMarkdown(result.consequence)}`}`,
    "",
    ...(result.reason === undefined
      ? []
      : [`Why ${verdictWords(result)}: ${proseToMarkdown(result.reason)}`, ""]),
    ...differences(result),
    ...changes(result),
    ...remediation(result),
    `${codeSpan(result.resource.arn)}, control ${codeSpan(result.control)}, finding ${codeSpan(`${result.id}@${result.digest}`)}`,
    "",
    "</details>",
    "",
  ].join("\n");
  if (body.length <= maxFinding) return body;
  return [
    `**${label}** · ${escapeMarkdown(result.platform)} · ${codeSpan(name)} · ${proseToMarkdown(clipped(result.detail))}`,
    "",
    `Too long to show here; the other formats have it whole: ${codeSpan(`${result.id}@${result.digest}`)}`,
    "",
  ].join("\n");
}

/** As much of a sentence as fits a line. */
const clipped = (sentence: string): string =>
  sentence.length <= maxSummary ? sentence : `${sentence.slice(0, maxSummary)}…`;

const verdictWords = (result: Result): string =>
  result.verdict === "unavailable" ? "not seen" : result.verdict;

function differences(result: Result): readonly string[] {
  const shown = result.differences.slice(0, maxDifferences);
  const lines = shown.map((d) => `- ${d.direction}: ${proseToMarkdown(differenceInWords(d))}`);
  const left = result.differences.length - shown.length;
  if (left > 0) lines.push(`- and ${count(left, "more difference")}`);
  return lines.length === 0 ? [] : [...lines, ""];
}

function changes(result: Result): readonly string[] {
  const lines = changedLines(result.expected, result.actual, 40);
  return lines.length === 0
    ? []
    : ["Expected (−) and seen (+):", "", codeBlock(lines.join("\n"), "diff"), ""];
}

function remediation(result: Result): readonly string[] {
  return result.remediation.flatMap((step) => {
    const text = [proseToMarkdown(step.text), ""];
    if (step.command === undefined) return text;
    if (step.command.length > maxCommand) return [...text, "(The command is too long to show here.)", ""];
    return [...text, codeBlock(step.command, "sh"), ""];
  });
}

function rest(results: readonly Result[]): string {
  const open = results.filter(isOpen);
  const of = (severity: Severity): number => open.filter((r) => r.severity === severity).length;
  const parts = severities
    .toReversed()
    .filter((severity) => of(severity) > 0)
    .map((severity) => `${of(severity)} ${severity}`);
  const unseen = results.length - open.length;
  if (unseen > 0) parts.push(`${unseen} not seen`);
  return `**And ${results.length} more, not shown here** (${parts.join(", ")}).`;
}
