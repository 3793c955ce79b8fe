import type { Report } from "../model/report.ts";
import type { Result } from "../model/result.ts";
import { findingText } from "./finding-text.ts";
import { byText, worstFirst } from "./order.ts";
import { resourceTitle } from "./resource-name.ts";
import { xmlAttribute, xmlText } from "./xml.ts";

/**
 * A test suite per platform, a test case per result: failed ones are failures, undecided and unseen
 * ones errors (the check itself could not be completed), suppressed and not applicable ones skipped.
 */
export function renderJunit(report: Report): string {
  const platforms = [...new Set(report.results.map((r) => r.platform))].sort(byText);
  const suites = platforms.map((platform) =>
    suite(
      report,
      platform,
      worstFirst(report.results).filter((r) => r.platform === platform),
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rolecall" ${counts(report.results)}>`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(report: Report, platform: string, results: readonly Result[]): string {
  return [
    `  <testsuite name="${xmlAttribute(platform)}" ${counts(results)} timestamp="${xmlAttribute(report.at.replace(/(\.\d+)?Z$/, ""))}" hostname="${xmlAttribute(report.account)}">`,
    ...results.map(testCase),
    "  </testsuite>",
  ].join("\n");
}

function testCase(result: Result): string {
  const name = `${resourceTitle(result.resource)}: ${result.title}`;
  const open = `    <testcase classname="${xmlAttribute(`${result.platform}.${result.control}`)}" name="${xmlAttribute(name)}" time="0"`;
  const inside = outcome(result);
  return inside === undefined ? `${open}/>` : `${open}>\n      ${inside}\n    </testcase>`;
}

type Outcome = "passed" | "failure" | "error" | "skipped";

function outcomeOf(result: Result): Outcome {
  if (result.suppression !== undefined) return "skipped";
  switch (result.verdict) {
    case "passed":
      return "passed";
    case "failed":
      return "failure";
    case "undecided":
    case "unavailable":
      return "error";
    case "not-applicable":
      return "skipped";
    default:
      return result.verdict satisfies never;
  }
}

function outcome(result: Result): string | undefined {
  const kind = outcomeOf(result);
  switch (kind) {
    case "passed":
      return undefined;
    case "skipped":
      return `<skipped message="${xmlAttribute(whySkipped(result))}"/>`;
    case "failure":
    case "error": {
      const type = result.verdict === "failed" ? result.severity : result.verdict;
      const message = result.verdict === "failed" ? result.detail : (result.reason ?? result.detail);
      return `<${kind} type="${xmlAttribute(type)}" message="${xmlAttribute(message)}">${xmlText(findingText(result))}</${kind}>`;
    }
    default:
      return kind satisfies never;
  }
}

function whySkipped(result: Result): string {
  const { suppression } = result;
  if (suppression === undefined) return result.reason ?? "not applicable";
  return `suppressed until ${suppression.until} by ${suppression.owner}: ${suppression.reason}`;
}

function counts(results: readonly Result[]): string {
  const of = (kind: Outcome): number => results.filter((r) => outcomeOf(r) === kind).length;
  return `tests="${results.length}" failures="${of("failure")}" errors="${of("error")}" skipped="${of("skipped")}"`;
}
