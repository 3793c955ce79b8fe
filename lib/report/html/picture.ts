import type { Result } from "../../model/result.ts";
import { byText } from "../order.ts";
import { type Group, groupLabels, groupOf, groups } from "./group.ts";
import { type Html, html } from "./text.ts";

/**
 * The picture of the account: a row per platform, a column per verdict, and a bar of their shares.
 * Each number is a button that filters the list below.
 */
export function picture(results: readonly Result[]): Html {
  const platforms = [...new Set(results.map((r) => r.platform))].sort(byText);
  const shown = groups.filter(
    (group) => group !== "not-applicable" || results.some((r) => groupOf(r) === group),
  );
  const most = Math.max(1, ...platforms.map((p) => results.filter((r) => r.platform === p).length));
  return html`<section aria-labelledby="account">
<h2 id="account">The account</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Platforms and verdicts">
<table class="picture">
<thead><tr><th scope="col">platform</th>${shown.map((g) => html`<th scope="col" class="n"><i class="key ${g}"></i>${groupLabels[g]}</th>`)}</tr></thead>
<tbody>${platforms.map((platform) =>
    row(
      platform,
      results.filter((r) => r.platform === platform),
      shown,
      most,
    ),
  )}</tbody>
</table>
</div>
</section>`;
}

function row(platform: string, results: readonly Result[], shown: readonly Group[], most: number): Html {
  const of = (group: Group): number => results.filter((r) => groupOf(r) === group).length;
  return html`<tr><th scope="row">${platform}${bar(
    shown.map((group) => [group, of(group)]),
    most,
  )}</th>${shown.map((group) => html`<td class="n">${cell(platform, group, of(group))}</td>`)}</tr>`;
}

const cell = (platform: string, group: Group, n: number): Html =>
  n === 0
    ? html`<span class="none">0</span>`
    : html`<button type="button" class="pick ${group}" data-platform="${platform}" data-group="${group}" data-label="${groupLabels[group]}" aria-label="Show ${n} ${groupLabels[group]} of ${platform}">${n}</button>`;

/** Widths in hundredths: presentation attributes, since the page allows no inline styles. */
function bar(parts: readonly (readonly [Group, number])[], most: number): Html {
  let x = 0;
  const pieces = parts
    .filter(([, n]) => n > 0)
    .map(([group, n]) => {
      const width = (n / most) * 1000;
      const piece = html`<rect class="${group}" x="${x.toFixed(1)}" y="0" width="${Math.max(2, width - 3).toFixed(1)}" height="10"/>`;
      x += width;
      return piece;
    });
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg>`;
}
