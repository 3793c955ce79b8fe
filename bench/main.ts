// npm run bench [-- [--json] NAME…]: measures, and holds what it measured to its targets. A name stands
// for all figures that begin with it. Exit 1 when a target is missed.
import { benches } from "./benches.ts";
import type { Bench, Figure } from "./figure.ts";

const words = process.argv.slice(2);
const json = words.includes("--json");
const names = words.filter((word) => word !== "--json");
const wrong = names.find((name) => name.startsWith("-") || !benches.some((bench) => wants(bench, [name])));
if (wrong !== undefined) {
  console.error(
    `bench: \`${wrong}\` is not the beginning of any of\n  ${benches.flatMap((b) => b.figures).join("\n  ")}`,
  );
  process.exit(2);
}

const measured: Figure[] = [];
for (const bench of benches.filter((each) => wants(each, names))) {
  const outcome = await bench.run();
  if ("skipped" in outcome) {
    console.error(`bench: skipped ${bench.figures.join(", ")}: ${outcome.skipped}`);
    continue;
  }
  for (const figure of outcome.filter(({ name }) => isAsked(name, names))) {
    measured.push(figure);
    if (json) console.log(JSON.stringify(rounded(figure)));
  }
}
if (!json) printTable(measured);
process.exitCode = measured.every((figure) => figure.ok) ? 0 : 1;

function isAsked(figure: string, asked: readonly string[]): boolean {
  return asked.length === 0 || asked.some((name) => figure.startsWith(name));
}

function wants(bench: Bench, asked: readonly string[]): boolean {
  return bench.figures.some((figure) => isAsked(figure, asked));
}

function rounded(figure: Figure): Figure {
  const short = (value: number) => Number(value.toPrecision(4));
  return {
    ...figure,
    value: short(figure.value),
    ...(figure.floor === undefined ? {} : { floor: short(figure.floor) }),
    ...(figure.ratio === undefined ? {} : { ratio: short(figure.ratio) }),
  };
}

function printTable(figures: readonly Figure[]): void {
  const rows = figures
    .map(rounded)
    .map(({ name, value, unit, floor, ratio, target, ok }) => [
      ok ? "ok" : "MISSED",
      name,
      `${value} ${unit}`,
      floor === undefined ? "" : `${floor} ${unit}`,
      ratio === undefined ? "" : `${ratio} ×`,
      target,
    ]);
  const table = [["", "figure", "value", "floor", "ratio", "target"], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
