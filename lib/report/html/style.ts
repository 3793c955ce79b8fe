/**
 * Quiet, for reading: one column, the system's own typefaces, colour only where it says something and
 * never alone. Both schemes meet WCAG AA contrast.
 */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fbfbf9; --card: #ffffff; --ink: #1c1d20; --soft: #5c6068; --line: #e2e2dd; --sunk: #f4f4f0;
  --red: #b3261e; --red-soft: #fdecea; --amber: #8a5200; --amber-soft: #fdf2dd; --violet: #5b46a8; --violet-soft: #efecfa;
  --green: #1f6b3b; --green-soft: #e4f4e9; --blue: #2b5a8c; --grey: #6b6f76;
  --b-failed: #c8372d; --b-undecided: #d99a2b; --b-unseen: #8b78d1; --b-suppressed: #9db2c8; --b-passed: #8cc2a0; --b-na: #d4d4ce;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16171a; --card: #1e2024; --ink: #e7e7e4; --soft: #a4a8b0; --line: #33363c; --sunk: #191b1e;
    --red: #ff9d94; --red-soft: #46201d; --amber: #f2bd67; --amber-soft: #3d2f14; --violet: #beb0f3; --violet-soft: #2d2747;
    --green: #86d3a0; --green-soft: #1b3826; --blue: #93bfee; --grey: #a4a8b0;
    --b-failed: #e0574c; --b-undecided: #c98b22; --b-unseen: #8672d0; --b-suppressed: #5f758c; --b-passed: #3f7d56; --b-na: #44474d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 6rem; }
body { margin: 0; overflow-wrap: anywhere; background: var(--page); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; }
body > header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
h1, h2, h3, p { margin: 0; }
h2 { font-size: 1.05rem; font-weight: 650; margin: 2.75rem 0 .75rem; }
[hidden] { display: none !important; }
code, pre, .columns { font-family: var(--mono); font-size: .85em; }
code { overflow-wrap: anywhere; }
.muted, .none { color: var(--soft); }
.hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skip:focus { position: fixed; left: 1rem; top: 1rem; z-index: 3; background: var(--card); color: var(--ink); padding: .5rem .75rem; border-radius: .375rem; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; border-radius: .25rem; }

.top { padding-top: 2.25rem; display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; align-items: baseline; }
.top .brand { font-weight: 650; letter-spacing: .01em; }
.top .meta { color: var(--soft); font-size: .9rem; text-align: right; }
.top .meta b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.top .question, .top h1, .top .notes { grid-column: 1 / -1; }
.top .question { color: var(--soft); margin-top: 2.25rem; }
.top h1 { font-size: clamp(1.7rem, 1.1rem + 2.6vw, 2.6rem); line-height: 1.15; font-weight: 680; letter-spacing: -.015em; text-wrap: balance; }
.top.bad h1 { color: var(--red); } .top.unsure h1 { color: var(--amber); } .top.good h1 { color: var(--green); }
.notes { list-style: none; margin: .9rem 0 0; padding: 0; color: var(--soft); max-width: 46rem; }

.scroll { overflow-x: auto; }
.picture { width: 100%; border-collapse: collapse; }
.picture th, .picture td { text-align: left; padding: .55rem .5rem; border-top: 1px solid var(--line); font-weight: 400; vertical-align: middle; }
.picture thead th { border-top: 0; color: var(--soft); font-size: .8rem; white-space: nowrap; padding-top: 0; }
.picture th:first-child { padding-left: 0; } .picture td:last-child, .picture th:last-child { padding-right: 0; }
.picture tbody th { font-weight: 600; width: 42%; min-width: 9rem; }
.picture .n { text-align: right; font-variant-numeric: tabular-nums; }
.bar { display: block; width: 100%; height: .5rem; margin-top: .3rem; }
.key { display: inline-block; width: .6rem; height: .6rem; border-radius: 2px; margin-right: .35rem; }
.key.failed { background: var(--b-failed); } .key.undecided { background: var(--b-undecided); } .key.unseen { background: var(--b-unseen); }
.key.suppressed { background: var(--b-suppressed); } .key.passed { background: var(--b-passed); } .key.not-applicable { background: var(--b-na); }
.bar .failed { fill: var(--b-failed); } .bar .undecided { fill: var(--b-undecided); } .bar .unseen { fill: var(--b-unseen); }
.bar .suppressed { fill: var(--b-suppressed); } .bar .passed { fill: var(--b-passed); } .bar .not-applicable { fill: var(--b-na); }
.none { opacity: .55; padding: 0 .5rem; }

button, input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .35rem .6rem; }
button { cursor: pointer; } button:hover { border-color: var(--soft); }
.pick { min-width: 2.4rem; padding: .15rem .5rem; text-align: right; font-variant-numeric: tabular-nums; }
.pick.failed { color: var(--red); font-weight: 650; }
.pick[aria-pressed="true"] { background: var(--ink); color: var(--page); border-color: var(--ink); }

.filters { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .6rem .75rem; align-items: end; background: var(--page); padding: 1rem 0 .75rem; margin-top: 1.5rem; border-bottom: 1px solid var(--line); }
.filters label { display: grid; gap: .15rem; font-size: .8rem; color: var(--soft); }
.filters input, .filters select, .filters button { height: 2.4rem; }
.filters input, .filters select { font-size: 1rem; color: var(--ink); min-width: 7.5rem; }
.filters .wide { flex: 1 1 14rem; } .filters .wide input { width: 100%; }
#findings-title { margin-bottom: .1rem; } #findings { outline: none; }

article { background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--tone); border-radius: .5rem; padding: 1.1rem 1.25rem 1rem; margin: 1rem 0; break-inside: auto; }
article { --tone: var(--grey); --tone-soft: var(--sunk); }
article.critical, article.high { --tone: var(--red); --tone-soft: var(--red-soft); }
article.medium { --tone: var(--amber); --tone-soft: var(--amber-soft); }
article.low { --tone: var(--blue); --tone-soft: var(--sunk); }
article.undecided { --tone: var(--amber); --tone-soft: var(--amber-soft); }
article.unseen { --tone: var(--violet); --tone-soft: var(--violet-soft); }
article.suppressed { --tone: var(--grey); --tone-soft: var(--sunk); border-left-style: double; }
.over { display: flex; gap: .75rem; align-items: baseline; font-size: .85rem; margin-bottom: .35rem; }
.pill { background: var(--tone-soft); color: var(--tone); font-weight: 650; padding: .05rem .5rem; border-radius: 1rem; }
article.critical.failed .pill { background: var(--red); color: var(--card); }
.platform { color: var(--soft); }
article h3 { font-size: 1.1rem; line-height: 1.35; font-weight: 500; overflow-wrap: anywhere; }
article h3 code { font-size: .95em; font-weight: 650; }
.should { color: var(--soft); margin: .1rem 0 .65rem; max-width: 46rem; overflow-wrap: anywhere; }
.detail, .consequence, .reason { max-width: 46rem; overflow-wrap: anywhere; }
.consequence { margin-top: .45rem; font-weight: 550; }
.reason { margin-top: .45rem; }
.differences { margin: .8rem 0 0; padding: 0; list-style: none; display: grid; gap: .45rem; }
.differences li { padding-left: .8rem; border-left: 2px solid var(--line); overflow-wrap: anywhere; }
.differences .excess b { color: var(--red); } .differences .missing b { color: var(--amber); }
.differences .muted { font-size: .9em; }
details { margin-top: .8rem; }
summary { cursor: pointer; color: var(--blue); width: fit-content; padding: .1rem 0; }
article > details > :not(summary) { margin-top: .5rem; }

.columns { width: 100%; border-collapse: collapse; table-layout: fixed; background: var(--sunk); border-radius: .375rem; line-height: 1.5; }
.columns th { font: 600 .8rem/1.4 system-ui, sans-serif; text-align: left; color: var(--soft); padding: .4rem .6rem; }
.columns td { padding: 0 .6rem; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; }
.columns td + td, .columns th + th { border-left: 1px solid var(--line); }
.columns del, .columns ins { text-decoration: none; border-radius: 2px; }
.changed td:first-child, .left td:first-child { background: var(--amber-soft); }
.changed td:last-child, .right td:last-child { background: var(--red-soft); }
.changed del { background: color-mix(in srgb, var(--amber) 28%, transparent); } .changed ins { background: color-mix(in srgb, var(--red) 26%, transparent); }
.columns td { position: relative; padding-left: 1.3rem; } .columns th { padding-left: 1.3rem; }
.columns td::before { position: absolute; left: .4rem; }
.left td:first-child::before, .changed td:first-child::before { content: "\\2212"; color: var(--amber); }
.right td:last-child::before, .changed td:last-child::before { content: "+"; color: var(--red); }
.columns .unfold td { padding: .15rem .6rem; border-block: 1px dashed var(--line); }
.unfold button { border: 0; background: none; padding: 0; color: var(--soft); font: .85rem system-ui, sans-serif; }
.unfold button:hover { color: var(--ink); text-decoration: underline; }

.command { position: relative; margin-top: .4rem; }
.command pre { margin: 0; background: var(--sunk); border: 1px solid var(--line); border-radius: .375rem; padding: .7rem 5rem .7rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; }
.copy { position: absolute; top: .4rem; right: .4rem; font-size: .85rem; padding: .1rem .55rem; }
.mend p { max-width: 46rem; } .mend p:not(:first-of-type) { margin-top: .9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
#quiet { margin-top: 2rem; }
.quiet { list-style: none; padding: 0; margin: .75rem 0 0; }
.quiet li { display: flex; flex-wrap: wrap; gap: .1rem .9rem; align-items: baseline; padding: .4rem 0; border-top: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2.4rem; }
.quiet li .platform { margin-left: auto; font-size: .9rem; }
.empty { margin-top: 1rem; }
footer { color: var(--soft); font-size: .9rem; margin-top: 3.5rem; padding-bottom: 3rem; }
footer p { max-width: 46rem; margin-top: .5rem; }

@media (max-width: 40rem) {
  body > header, main, footer { padding-inline: 1rem; }
  .top { padding-top: 1.25rem; grid-template-columns: 1fr; } .top .meta { text-align: left; } .top .question { margin-top: 1.4rem; }
  .filters { position: static; } .filters label { flex: 1 1 8rem; } .filters select { width: 100%; min-width: 0; }
  .picture, .picture tbody { display: block; } .picture thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .picture tr { display: flex; flex-wrap: wrap; gap: .4rem .5rem; padding: .75rem 0; border-top: 1px solid var(--line); }
  .picture tbody th, .picture tbody td { border: 0; padding: 0; } .picture tbody th { flex: 1 0 100%; }
  .picture td:has(.none) { display: none; } .pick::after { content: "\\00a0" attr(data-label); font-weight: 400; font-size: .9em; }
  article { padding: .9rem .9rem .8rem; }
  .columns thead { display: none; }
  .columns, .columns tbody, .columns tr, .columns td { display: block; }
  .columns td + td { border-left: 0; } .same td + td { display: none; }
  .command pre { padding-right: .8rem; padding-bottom: 2.6rem; } .copy { top: auto; bottom: .5rem; padding: .3rem .8rem; }
  dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; }
}
@media (forced-colors: active) { .bar rect, .key { forced-color-adjust: none; } .changed td, .left td, .right td { border: 1px solid; } }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --sunk: #f6f6f6;
    --red: #b3261e; --red-soft: #fdecea; --amber: #8a5200; --amber-soft: #fdf2dd; --violet: #5b46a8; --violet-soft: #efecfa; --green: #1f6b3b; --green-soft: #e4f4e9; --blue: #2b5a8c; --grey: #6b6f76;
    --b-failed: #c8372d; --b-undecided: #d99a2b; --b-unseen: #8b78d1; --b-suppressed: #9db2c8; --b-passed: #8cc2a0; --b-na: #d4d4ce; }
  @page { margin: 16mm 14mm; }
  body { font-size: 10pt; } body > header, main, footer { max-width: none; padding-inline: 0; }
  .filters, .copy, .skip, #quiet:not([open]) > summary { display: none; }
  .pick { border: 0; padding: 0 .5rem; background: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .command pre { padding-right: .8rem; }
  article header, .command, tr { break-inside: avoid; } h2, h3, summary { break-after: avoid; }
}
`;
