import type { Result } from "../model/result.ts";
import { visible } from "../model/visible.ts";
import { changedLines } from "./changed-lines.ts";
import { count } from "./headline.ts";
import { differenceInWords } from "./witness.ts";

const maxDifferences = 20;

/** One finding as plain text of several lines: for the formats that have room for nothing better. */
export function findingText(result: Result): string {
  const differences = result.differences
    .slice(0, maxDifferences)
    .map((d) => visible(`${d.direction}: ${differenceInWords(d)}`));
  const more = result.differences.length - differences.length;
  if (more > 0) differences.push(`and ${count(more, "more difference")}`);
  const changes = changedLines(result.expected, result.actual, 80);
  const parts = [
    [result.detail, ...(result.consequence === undefined ? [] : [result.consequence])]
      .map(visible)
      .join("\n"),
    ...(result.reason === undefined ? [] : [visible(`Why ${result.verdict}: ${result.reason}`)]),
    ...(differences.length === 0 ? [] : [differences.join("\n")]),
    ...(changes.length === 0 ? [] : [["Expected (-) and seen (+):", ...changes].join("\n")]),
    ...result.remediation.map((step) =>
      step.command === undefined ? visible(step.text) : `${visible(step.text)}\n${step.command}`,
    ),
    [
      `resource: ${visible(result.resource.arn)}`,
      `control:  ${result.control}`,
      `baseline: ${result.baseline}`,
      `finding:  ${result.id}@${result.digest}`,
    ].join("\n"),
  ];
  return parts.join("\n\n");
}
