import type { Report } from "../model/report.ts";
import type { Difference, Result } from "../model/result.ts";

/**
 * The report as JSON: exactly the members that report.schema.json promises, in its order. What only
 * other formats show (where a finding was asked for, a difference in words) is left out.
 */
export function renderJson(report: Report): string {
  const { schema, account, at, source, summary, results } = report;
  return `${JSON.stringify({ schema, account, at, source, summary, results: results.map(resultOf) }, plain, 2)}\n`;
}

/** A result as the contract has it; alerts hold it in the same form. */
export function resultOf(result: Result): object {
  const { id, digest, control, platform, baseline, resource, verdict, suppression } = result;
  const { severity, title, detail, expected, actual, differences, consequence, remediation, reason } = result;
  return {
    id,
    digest,
    control,
    platform,
    baseline,
    resource,
    verdict,
    suppression,
    severity,
    title,
    detail,
    expected: expected ?? null,
    actual: actual ?? null,
    differences: differences.map(differenceOf),
    consequence,
    remediation,
    reason,
  };
}

const differenceOf = ({ direction, witness, latent }: Difference): object => ({ direction, witness, latent });

const plain = (_key: string, value: unknown): unknown =>
  value instanceof Map ? Object.fromEntries(value) : value;
