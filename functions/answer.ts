import type { Report } from "../lib/model/report.ts";

/** Lambda answers with 6 MB at most; the margin is for what it wraps around. */
export const answerLimit = 5_500_000;

/** A report that is too large for an answer: its head, and where the whole is. */
export type ReportElsewhere = Omit<Report, "results"> & { readonly report: string };

/** Puts a report away and returns its address. */
export type Store = (report: Report, text: string) => Promise<string>;

/** The report itself or, past Lambda's limit, its summary and where the whole lies. */
export async function fitAnswer(
  report: Report,
  store: Store,
  limit: number = answerLimit,
): Promise<Report | ReportElsewhere> {
  const text = JSON.stringify(report);
  if (Buffer.byteLength(text) <= limit) return report;
  const { results: _, ...head } = report;
  return { ...head, report: await store(report, text) };
}
