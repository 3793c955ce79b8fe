import type { Row } from "./align-lines.ts";
import { hasSides, sideBySide } from "./side-by-side.ts";

const context = 2;

/**
 * The lines that differ as a unified diff, with what stands around them; `…` where equal lines are left
 * out, and a count where more than `limit` lines would come.
 */
export function changedLines(expected: unknown, actual: unknown, limit: number): readonly string[] {
  if (!hasSides(expected, actual)) return [];
  const rows = sideBySide(expected, actual);
  const near = rows.map((_, index) =>
    rows.slice(Math.max(0, index - context), index + context + 1).some((row) => row.kind !== "same"),
  );
  const lines: string[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = (): void => {
    lines.push(...removed, ...added);
    [removed, added] = [[], []];
  };
  for (const [index, row] of rows.entries()) {
    if (row.kind !== "same") {
      if (row.left !== undefined) removed.push(`- ${row.left}`);
      if (row.right !== undefined) added.push(`+ ${row.right}`);
      continue;
    }
    flush();
    if (near[index] === true) lines.push(`  ${row.left ?? ""}`);
    else if (lines.at(-1) !== "  …") lines.push("  …");
  }
  flush();
  if (!rows.some(differs)) return [];
  return lines.length <= limit ? lines : [...lines.slice(0, limit), `  … ${lines.length - limit} more lines`];
}

const differs = (row: Row): boolean => row.kind !== "same";
