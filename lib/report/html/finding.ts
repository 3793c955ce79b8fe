import type { Difference, RemediationStep, Result } from "../../model/result.ts";
import { resourceName } from "../resource-name.ts";
import { differenceInWords } from "../witness.ts";
import { columns } from "./columns.ts";
import { groupLabels, groupOf } from "./group.ts";
import { type Html, html, lines, prose } from "./text.ts";

const maxDifferences = 40;

/** What somebody has to look at, or has accepted, or could not be seen: with all that is known of it. */
export function finding(result: Result): Html {
  const group = groupOf(result);
  const label = group === "failed" ? result.severity : `${groupLabels[group]}, ${result.severity}`;
  const heading = `h-${result.id}`;
  return html`<article class="item ${group} ${result.severity}" ${attributes(result)} aria-labelledby="${heading}">
<header>
<p class="over"><span class="pill">${label}</span> <span class="platform">${result.platform}</span></p>
<h3 id="${heading}">${result.resource.type.replaceAll("-", " ")} <code>${resourceName(result.resource)}</code></h3>
<p class="should">Should be: ${prose(result.title.replace(/\.$/, ""))}.</p>
</header>
<p class="detail">${prose(result.detail)}</p>
${result.consequence === undefined ? undefined : html`<p class="consequence">${prose(result.consequence)}</p>`}
${result.reason === undefined ? undefined : html`<p class="reason"><b>Why ${groupLabels[group]}:</b> ${prose(result.reason)}</p>`}
${suppression(result)}
${differences(result.differences)}
${columns(result.expected, result.actual)}
${remediation(result.remediation)}
${identity(result)}
</article>`;
}

/** A passed or not applicable check: one line. */
export const brief = (result: Result): Html =>
  html`<li class="item ${groupOf(result)}" ${attributes(result)}><code>${resourceName(result.resource)}</code> <span>${prose(result.title)}</span> <span class="platform">${result.platform}</span>${result.reason === undefined ? undefined : html` <span class="muted">${prose(result.reason)}</span>`}</li>`;

const attributes = (result: Result): Html =>
  html`data-platform="${result.platform}" data-severity="${result.severity}" data-group="${groupOf(result)}"`;

const suppression = ({ suppression: mark }: Result): Html | undefined =>
  mark === undefined
    ? undefined
    : html`<p class="reason"><b>Accepted</b> until ${mark.until} by ${mark.owner}: ${prose(mark.reason)}</p>`;

function differences(all: readonly Difference[]): Html | undefined {
  if (all.length === 0) return undefined;
  const shown = all.slice(0, maxDifferences);
  const more = all.length - shown.length;
  return html`<ul class="differences">${shown.map(difference)}${more > 0 ? html`<li>and ${more} more</li>` : undefined}</ul>`;
}

function difference(one: Difference): Html {
  const words = differenceInWords(one);
  const label = one.direction === "excess" ? "too much" : "missing";
  return html`<li class="${one.direction}"><b>${label}</b> ${prose(words)}</li>`;
}

const remediation = (steps: readonly RemediationStep[]): Html | undefined =>
  steps.length === 0
    ? undefined
    : html`<details class="mend"><summary>How to put it back</summary>${steps.map(step)}</details>`;

const step = ({ text, command }: RemediationStep): Html =>
  html`<p>${prose(text)}</p>${
    command === undefined
      ? undefined
      : html`<div class="command"><pre tabindex="0" aria-label="command">${lines(command)}</pre><button type="button" class="copy">Copy</button></div>`
  }`;

const identity = (result: Result): Html =>
  html`<details class="identity"><summary>Where it is and how to quote it</summary>
<dl>
<dt>resource</dt><dd><code>${result.resource.arn}</code></dd>
<dt>control</dt><dd><code>${result.control}</code></dd>
<dt>baseline</dt><dd><code>${result.baseline}</code></dd>
${result.place === undefined ? undefined : html`<dt>asked for in</dt><dd><code>${result.place.file}:${result.place.line}</code></dd>`}
<dt>finding</dt><dd><code>${result.id}@${result.digest}</code></dd>
</dl>
</details>`;
