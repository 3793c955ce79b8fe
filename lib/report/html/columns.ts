import type { Row } from "../align-lines.ts";
import { count } from "../headline.ts";
import { hasSides, sideBySide } from "../side-by-side.ts";
import { type Html, html } from "./text.ts";

const context = 3;
const maxRows = 600;

/** Expected and actual as two columns, what differs marked, long equal stretches folded. */
export function columns(expected: unknown, actual: unknown): Html | undefined {
  if (!hasSides(expected, actual)) return undefined;
  const rows = sideBySide(expected, actual);
  const shown = rows.slice(0, maxRows);
  const differing = rows.filter((row) => row.kind !== "same").length;
  const title =
    differing === 0
      ? "Expected and actual"
      : `Expected and actual: ${count(differing, "line")} ${differing === 1 ? "differs" : "differ"}`;
  return html`<details class="evidence"><summary>${title}</summary>
<table class="columns">
<caption class="hidden">What was expected beside what was seen, line by line</caption>
<thead><tr><th scope="col">expected</th><th scope="col">actual</th></tr></thead>
${stretches(shown).map(stretch)}
</table>
${rows.length > maxRows ? html`<p class="muted">And ${rows.length - maxRows} more lines; the JSON report has them all.</p>` : undefined}
</details>`;
}

interface Stretch {
  readonly rows: readonly Row[];
  readonly folded: boolean;
}

/** Equal rows farther than `context` from a difference are folded, where that saves more than it costs. */
function stretches(rows: readonly Row[]): readonly Stretch[] {
  const anyDiffers = rows.some((row) => row.kind !== "same");
  const near = rows.map(
    (_, index) =>
      !anyDiffers ||
      rows.slice(Math.max(0, index - context), index + context + 1).some((row) => row.kind !== "same"),
  );
  const found: { rows: Row[]; folded: boolean }[] = [];
  for (const [index, row] of rows.entries()) {
    const folded = near[index] !== true;
    const last = found.at(-1);
    if (last !== undefined && last.folded === folded) last.rows.push(row);
    else found.push({ rows: [row], folded });
  }
  return found.map((s) => (s.rows.length > 2 ? s : { ...s, folded: false }));
}

const stretch = ({ rows, folded }: Stretch): Html =>
  folded
    ? html`<tbody class="unfold" hidden><tr><td colspan="2"><button type="button">${rows.length} equal lines</button></td></tr></tbody><tbody class="fold">${rows.map(line)}</tbody>`
    : html`<tbody>${rows.map(line)}</tbody>`;

function line(row: Row): Html {
  if (row.kind === "same") return html`<tr class="same"><td>${row.left}</td><td>${row.right}</td></tr>`;
  const [left, right] = marked(row);
  return html`<tr class="${row.kind}"><td>${left}</td><td>${right}</td></tr>`;
}

/** The part of a changed line that differs, between what both sides have in common. */
function marked({ left, right }: Row): readonly [Html, Html] {
  if (left === undefined) return [html``, html`<ins>${right}</ins>`];
  if (right === undefined) return [html`<del>${left}</del>`, html``];
  const [a, b] = [Array.from(left), Array.from(right)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  // Lines that have little in common are no versions of each other: all of them is marked.
  if ((start + end) * 2 < Math.min(left.trim().length, right.trim().length) + indentOf(left) * 2) {
    [start, end] = [indentOf(left), 0];
    if (indentOf(right) !== start) start = 0;
  }
  const side = (characters: readonly string[], tag: "del" | "ins"): Html => {
    const head = characters.slice(0, start).join("");
    const middle = characters.slice(start, characters.length - end).join("");
    const tail = characters.slice(characters.length - end).join("");
    return tag === "del"
      ? html`${head}<del>${middle}</del>${tail}`
      : html`${head}<ins>${middle}</ins>${tail}`;
  };
  return [side(a, "del"), side(b, "ins")];
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
