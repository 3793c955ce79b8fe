import type { Place } from "../model/config.ts";
import type { Report } from "../model/report.ts";
import type { Result } from "../model/result.ts";
import type { Severity } from "../model/severity.ts";
import { visible, visibleLines } from "../model/visible.ts";
import type { RenderOptions } from "./formats.ts";
import { count } from "./headline.ts";
import { worstFirst } from "./order.ts";
import { resourceTitle } from "./resource-name.ts";
import { differenceInWords } from "./witness.ts";

const maxDifferences = 20;

/**
 * SARIF 2.1.0. One rule per control; results for what is not passed, each at the line of the
 * configuration or the baseline that asks for it. Suppressed findings stay, marked as such, so that a
 * code-scanning service does not take them for mended.
 */
export function renderSarif(report: Report, options: Pick<RenderOptions, "version">): string {
  const told = worstFirst(report.results).filter(isTold);
  const rules = [...new Map(told.map((r) => [r.control, r])).values()];
  const ruleIndex = new Map(rules.map((r, index) => [r.control, index]));
  const unseen = report.results.filter((r) => r.verdict === "unavailable");
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Rolecall",
            semanticVersion: options.version,
            rules: rules.map(rule),
          },
        },
        automationDetails: { id: `rolecall/${report.account}/` },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: report.at,
            toolExecutionNotifications: unseen.map((result) => ({
              level: "warning",
              message: message(
                `could not see: ${resourceTitle(result.resource)}: ${result.reason ?? result.detail}`,
              ),
            })),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: told.map((result) => ({
          ruleId: result.control,
          ruleIndex: ruleIndex.get(result.control) ?? -1,
          kind: kind(result),
          // SARIF has levels for kind `fail` only.
          level: result.verdict === "failed" ? level(result.severity) : "none",
          message: message(`${visible(resourceTitle(result.resource))}: ${inWords(result)}`),
          locations: [location(result)],
          partialFingerprints: { "rolecallFinding/v1": result.id, "rolecallContent/v1": result.digest },
          ...(result.suppression === undefined
            ? {}
            : {
                suppressions: [
                  {
                    kind: "external",
                    status: "accepted",
                    justification: visible(
                      `${result.suppression.reason} (${result.suppression.owner}, until ${result.suppression.until})`,
                    ),
                  },
                ],
              }),
          properties: {
            platform: result.platform,
            baseline: result.baseline,
            severity: result.severity,
            verdict: result.verdict,
            remediation: result.remediation,
          },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const isTold = (result: Result): boolean => result.verdict === "failed" || result.verdict === "undecided";

/** What could not be decided needs a person. */
const kind = (result: Result): string => (result.verdict === "failed" ? "fail" : "review");

function rule(result: Result): object {
  return {
    id: result.control,
    name: pascalCase(result.control),
    shortDescription: { text: visible(result.title) },
    fullDescription: { text: visible(result.title) },
    defaultConfiguration: { level: level(result.severity) },
    properties: { "security-severity": score[result.severity], tags: ["security", "iam"] },
  };
}

/** GitHub reads these as CVSS-like scores: critical over 9, high over 7, medium over 4. */
const score: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.5",
  info: "0.0",
};

function level(severity: Severity): "error" | "warning" | "note" {
  switch (severity) {
    case "critical":
    case "high":
      return "error";
    case "medium":
    case "low":
      return "warning";
    case "info":
      return "note";
    default:
      return severity satisfies never;
  }
}

function location(result: Result): object {
  const place = result.place ?? configuration;
  return {
    physicalLocation: {
      artifactLocation: { uri: uri(place.file) },
      region: { startLine: Math.max(1, place.line), startColumn: Math.max(1, place.column) },
    },
    logicalLocations: [
      {
        name: visible(resourceTitle(result.resource)),
        fullyQualifiedName: visible(result.resource.arn),
        kind: "resource",
      },
    ],
  };
}

/** What no line asks for, such as a cluster that is watched nowhere, belongs where it would be asked for. */
const configuration: Place = { file: "rolecall.yml", line: 1, column: 1 };

/** A path as a relative URI reference; one that is absolute or on Windows as a file URI. */
function uri(path: string): string {
  const encoded = path
    .replaceAll("\\", "/")
    .replace(/^\.\//, "")
    .split("/")
    .map((part) => encodeURIComponent(wellFormed(part)))
    .join("/");
  if (encoded.startsWith("/")) return `file://${encoded}`;
  return /^[A-Za-z]%3A\//.test(encoded) ? `file:///${encoded.replace("%3A", ":")}` : encoded;
}

/** Viewers take `[…](…)` in a message for a link: SARIF 2.1.0, 3.11.6 has both brackets escaped. */
const message = (text: string): object => ({ text: visibleLines(text).replace(/[[\]]/g, "\\$&") });

/** Policies stay out of it: braces are placeholders in a SARIF message, and no viewer has room for them. */
function inWords(result: Result): string {
  const differences = result.differences.slice(0, maxDifferences).map(differenceInWords);
  const more = result.differences.length - differences.length;
  if (more > 0) differences.push(`And ${count(more, "more difference")}.`);
  return [
    result.detail,
    ...(result.consequence === undefined ? [] : [result.consequence]),
    ...(result.reason === undefined ? [] : [`Why ${result.verdict}: ${result.reason}`]),
    ...differences,
    ...result.remediation.map((step) => step.text),
  ]
    .map(visible)
    .join("\n");
}

const pascalCase = (id: string): string =>
  id
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

/** A lone half of a surrogate pair, which no URI can hold, becomes the replacement character. */
const wellFormed = (text: string): string => text.replace(/[\ud800-\udfff]/gu, "\ufffd");
