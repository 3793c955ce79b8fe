import type { Report } from "../model/report.ts";
import type { Resource, Result } from "../model/result.ts";
import { severities } from "../model/severity.ts";
import { visible } from "../model/visible.ts";
import { cellWidth, clip, wrap } from "./cells.ts";
import { type Palette, palette } from "./colours.ts";
import type { RenderOptions } from "./formats.ts";
import { count, headline } from "./headline.ts";
import { byText, isOpen, worstFirst } from "./order.ts";
import { resourceTitle } from "./resource-name.ts";
import { differenceInWords } from "./witness.ts";

const maxDifferences = 3;
const maxWidth = 120;
const minWidth = 40;

/** For a person at a terminal: the answer first, then each resource with what, why and what next, worst first. */
export function renderTable(report: Report, options: RenderOptions): string {
  const width = Math.max(minWidth, Math.min(maxWidth, options.columns));
  const colours = palette(options.color);
  const groups = groupByResource(report.results.filter((r) => isOpen(r) || r.verdict === "unavailable"));
  const said: Said = new Map();
  const lines = [
    ...head(report, width, colours),
    ...groups.flatMap((group) => ["", ...resourceBlock(group, width, colours, said)]),
    "",
    ...foot(report, width, colours),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function head(report: Report, width: number, colours: Palette): readonly string[] {
  const { mood, answer, notes } = headline(report);
  const paint = { good: colours.good, unsure: colours.unsure, bad: colours.bad }[mood];
  const source = report.source === "live" ? "read live" : "from a snapshot";
  const when = `${report.at.slice(0, 16).replace("T", " ")} UTC`;
  return [
    colours.faint(clip(visible(`Account ${report.account}, ${source}, ${when}`), width)),
    "",
    ...wrap(`Are we all right? ${answer}`, width).map((line) => paint(line)),
    ...wrap(notes.join(" "), width).filter((line) => line !== ""),
  ];
}

/** What was said, and of which resource first: the same of the next one is said in a line. */
type Said = Map<string, string>;

/** A role together with what hangs on it would need facts: here, what has the same ARN. Worst group first. */
function groupByResource(results: readonly Result[]): readonly (readonly Result[])[] {
  const groups = new Map<string, Result[]>();
  for (const result of worstFirst(results)) {
    const group = groups.get(result.resource.arn);
    if (group === undefined) groups.set(result.resource.arn, [result]);
    else group.push(result);
  }
  return [...groups.values()];
}

function resourceBlock(
  group: readonly Result[],
  width: number,
  colours: Palette,
  said: Said,
): readonly string[] {
  const [worst] = group;
  if (worst === undefined) return [];
  const platforms = [...new Set(group.map(({ platform }) => visible(platform)))].sort(byText).join(", ");
  const place = placeOf(worst.resource);
  const right = place === "" ? platforms : `${platforms}, ${place}`;
  const title = clip(visible(resourceTitle(worst.resource)), width - 2);
  const gap = width - cellWidth(title) - cellWidth(right);
  const headLine =
    gap >= 2 ? `${colours.strong(title)}${" ".repeat(gap)}${colours.faint(right)}` : colours.strong(title);
  return [headLine, ...asSeen(group).flatMap((results) => resultBlock(results, width, colours, said))];
}

/** What could not be seen for one reason is said once, with all the controls that it keeps from judging. */
function asSeen(group: readonly Result[]): readonly (readonly [Result, ...Result[]])[] {
  const blocks = new Map<string, [Result, ...Result[]]>();
  for (const result of group) {
    const { verdict, detail, reason, control, platform } = result;
    const unseen = verdict === "unavailable";
    const key = JSON.stringify([unseen, detail, reason, ...(unseen ? [] : [control, platform, result.id])]);
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, [result]);
    else block.push(result);
  }
  return [...blocks.values()];
}

const placeOf = (resource: Resource): string =>
  resource.region === "global" ? "" : visible(resource.region);

/** What a result says, whichever resource of its kind it says it of. */
const contentOf = ({ platform, control, verdict, detail, reason, differences, resource }: Result): string =>
  JSON.stringify([
    platform,
    control,
    verdict,
    detail,
    reason,
    differences.map((difference) => differenceInWords(difference).replaceAll(resource.arn, "")),
  ]);

const labelColumn = 10;
/** Below this width the label stands on a line of its own. */
const narrow = 60;

function resultBlock(
  results: readonly [Result, ...Result[]],
  width: number,
  colours: Palette,
  said: Said,
): readonly string[] {
  const [result] = results;
  const labelWidth = width < narrow ? 2 : labelColumn;
  const indent = " ".repeat(labelWidth + 2);
  const inner = width - labelWidth - 2;
  const [label, paint] = labelOf(result, colours);
  const say = (text: string, paintLine: (line: string) => string = (line) => line) =>
    wrap(visible(text), inner).map((line) => `${indent}${paintLine(line)}`);
  const lead = (word: string, text: string) => {
    const [first, ...rest] = wrap(visible(text), inner - word.length - 1);
    return [
      `${indent}${colours.faint(word)} ${first ?? ""}`,
      ...rest.map((line) => `${indent}${" ".repeat(word.length + 1)}${line}`),
    ];
  };
  const lines = (text: string) => {
    const [first = "", ...rest] = wrap(visible(text), inner);
    const more = rest.map((line) => `${indent}${line}`);
    return width < narrow
      ? [`  ${paint(label)}`, `${indent}${first}`, ...more]
      : [`  ${paint(label.padEnd(labelWidth))}${first}`, ...more];
  };
  const id =
    result.verdict === "unavailable"
      ? say(results.map(({ control }) => control).join(", "), colours.faint)
      : // Never cut: a suppression quotes it.
        say(`${result.control} ${result.id}@${result.digest}`, colours.faint);
  const key = contentOf(result);
  const before = said.get(key);
  if (before !== undefined) return [...lines(`The same as for ${before}.`), ...id];
  said.set(key, visible(resourceTitle(result.resource)));
  const shown = result.differences.slice(0, maxDifferences);
  const more = result.differences.length - shown.length;
  return [
    ...lines(result.detail === "" ? result.title : result.detail),
    ...(result.reason === undefined ? [] : lead("why:", result.reason)),
    ...shown.flatMap((difference) =>
      lead(difference.direction === "excess" ? "  +" : "  -", differenceInWords(difference)),
    ),
    ...(more > 0 ? say(`    and ${count(more, "more difference")}`, colours.faint) : []),
    ...(result.consequence === undefined ? [] : lead("so:", result.consequence)),
    ...nextSteps(result, lead, indent, width, colours),
    ...id,
  ];
}

/** The first step in words; its command when it is one line, which stays whole so that it can be copied. */
function nextSteps(
  result: Result,
  lead: (word: string, text: string) => readonly string[],
  indent: string,
  width: number,
  colours: Palette,
): readonly string[] {
  const [first, ...others] = result.remediation;
  if (first === undefined) return [];
  const command = first.command === undefined ? "" : visible(first.command);
  const short = command !== "" && cellWidth(command) <= 2 * width && !first.command?.includes("\n");
  return [
    ...lead("next:", first.text),
    ...(short ? [`${indent}      ${colours.command(command)}`] : []),
    ...(others.length > 0 || (command !== "" && !short)
      ? wrap(
          `(${moreSteps(others.length, command !== "" && !short)}: --format markdown)`,
          width - indent.length - 6,
        ).map((line) => `${indent}      ${colours.faint(line)}`)
      : []),
  ];
}

const moreSteps = (steps: number, command: boolean): string =>
  [...(command ? ["the command"] : []), ...(steps > 0 ? [count(steps, "more step")] : [])].join(" and ");

function labelOf(result: Result, colours: Palette): readonly [string, (text: string) => string] {
  if (result.verdict === "undecided") return ["undecided", colours.unsure];
  if (result.verdict === "unavailable") return ["not seen", colours.unsure];
  return [result.severity, colours.severity[result.severity]];
}

function foot(report: Report, width: number, colours: Palette): readonly string[] {
  const open = report.results.filter((r) => isOpen(r) && r.verdict === "failed");
  const bySeverity = severities
    .toReversed()
    .map((severity) => [severity, open.filter((r) => r.severity === severity).length] as const)
    .filter(([, n]) => n > 0)
    .map(([severity, n]) => `${n} ${severity}`);
  const { passed, undecided, unavailable, notApplicable, suppressed } = report.summary;
  const counts = [
    ...bySeverity,
    ...(undecided > 0 ? [`${undecided} undecided`] : []),
    ...(unavailable > 0 ? [`${unavailable} not seen`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    `${passed} passed`,
    ...(notApplicable > 0 ? [`${notApplicable} not applicable`] : []),
  ];
  const limits =
    "What a role is allowed is what its policies and boundary say: organization, resource and session policies are not read.";
  const rule = colours.faint("─".repeat(width));
  return [rule, ...wrap(counts.join(" · "), width), ...wrap(limits, width).map(colours.faint)];
}
