import { createHash } from "node:crypto";
import type { Report } from "../../model/report.ts";
import type { Result } from "../../model/result.ts";
import { severities } from "../../model/severity.ts";
import { footnote } from "../footnote.ts";
import { headline } from "../headline.ts";
import { byText, worstFirst } from "../order.ts";
import { brief, finding } from "./finding.ts";
import { groupLabels, groupOf, groups } from "./group.ts";
import { picture } from "./picture.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";
import { Html, html, prose } from "./text.ts";

/**
 * One file that needs nothing else and reaches nowhere: its policy allows the one style sheet and the
 * one script that are in it, by their hashes. All that came from the account is text in it already, so
 * it reads without the script too; that only filters, folds and copies.
 */
export function page(report: Report, version: string): Html {
  const { mood, answer, notes } = headline(report);
  const results = worstFirst(report.results);
  const told = results.filter((r) => groupOf(r) !== "passed" && groupOf(r) !== "not-applicable");
  const quiet = results.filter((r) => groupOf(r) === "passed" || groupOf(r) === "not-applicable");
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Rolecall, account ${report.account}: ${answer}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header class="top ${mood}">
<p class="brand">Rolecall</p>
<p class="meta">account <b>${report.account}</b> · ${report.source === "live" ? "read live" : "from a snapshot"} · <time datetime="${report.at}">${when(report.at)}</time></p>
<p class="question">Are we all right?</p>
<h1>${answer}</h1>
<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>
</header>
<main>
${results.length === 0 ? undefined : picture(results)}
${filters(results)}
<section id="findings" aria-labelledby="findings-title" tabindex="-1">
<h2 id="findings-title">Findings</h2>
<p id="count" role="status" class="muted">${told.length} shown, worst first</p>
${told.length === 0 ? html`<p class="empty">Nothing to look at.</p>` : told.map(finding)}
</section>
${quiet.length === 0 ? undefined : html`<details id="quiet"><summary>${quiet.length} passed or not applicable</summary><ul class="quiet">${quiet.map(brief)}</ul></details>`}
</main>
<footer>
<p>${prose(footnote)}</p>
<p>Rolecall ${version}. To accept a finding, quote its id in <code>suppressions</code> of rolecall.yml, with an owner, a reason and a last day.</p>
</footer>
<script>${new Html(script)}</script>
</body>
</html>
`;
}

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const policy = [
  "default-src 'none'",
  `style-src ${hash(style)}`,
  `script-src ${hash(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const when = (at: string): string => `${at.slice(0, 10)}, ${at.slice(11, 16)} UTC`;

function filters(results: readonly Result[]): Html {
  const platforms = [...new Set(results.map((r) => r.platform))].sort(byText);
  const present = groups.filter((group) => results.some((r) => groupOf(r) === group));
  const ranks = severities.toReversed().filter((severity) => results.some((r) => r.severity === severity));
  return html`<form class="filters" role="search" aria-label="Filter the findings">
<label class="wide">Search <input type="search" id="f-text" autocomplete="off" spellcheck="false" placeholder="role, action, words…"></label>
<label>Platform <select id="f-platform"><option value="">all</option>${platforms.map((p) => html`<option value="${p}">${p}</option>`)}</select></label>
<label>Severity <select id="f-severity"><option value="">all</option>${ranks.map((s) => html`<option value="${s}">${s}</option>`)}</select></label>
<label>Verdict <select id="f-group"><option value="">all</option>${present.map((g) => html`<option value="${g}">${groupLabels[g]}</option>`)}</select></label>
<button type="reset">Clear</button>
<button type="button" id="open-all" aria-pressed="false">Open all</button>
</form>`;
}
