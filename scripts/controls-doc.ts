import type { Catalogue, Platform } from "../lib/config/catalogue.ts";
import { controls } from "../lib/controls/registry.ts";
import { selfControls } from "../lib/controls/self/judge-self.ts";
import type { ControlInfo } from "../lib/model/control.ts";
import { type CaseSummary, type Rule, readCases, readRules } from "./read-cases.ts";

/** docs/controls.md: every control with what the documents say, its severity and its cases. */
export function controlsDoc(root: string, catalogue: Catalogue): string {
  const cases = readCases(root);
  const rules = readRules(root);
  return `# Controls

Made by \`npm run generate\` from the controls, the baselines, \`docs/rules.yml\` and the cases under \`test/cases/\`.

A result is one control on one resource. Severities are the controls' own; a baseline, \`severities\` in
\`rolecall.yml\` and \`severities\` of an entry come before them, the last before all.

| control | on | severity | the desired state |
| --- | --- | --- | --- |
${controls.map((c) => `| [${c.id}](#${c.id}) | ${c.resource} | ${severityOf(c, catalogue)} | ${cell(c.title)} |`).join("\n")}

${controls.map((control) => section(control, cases, rules, catalogue)).join("\n")}
# Controls on Rolecall itself

A deployed Rolecall is judged as well, with the same ledger and alerts; [operating.md](operating.md) says what to
do about each. Their cases are in \`test/controls/self/\`.

| control | severity | the desired state | why |
| --- | --- | --- | --- |
${selfControls.map((c) => `| ${c.id} | ${c.severity} | ${cell(c.title)} | ${cell(c.rationale)} |`).join("\n")}

# Rules

What the platforms' documents ask for, and which controls hold an account to it.

| rule | what the document says | held by |
| --- | --- | --- |
${rules.map((rule) => `| ${rule.id} | ${cell(rule.says)} | ${cell(held(rule))} |`).join("\n")}

# Baselines

| baseline | of | source | date |
| --- | --- | --- | --- |
${catalogue.flatMap(baselines).join("\n")}
`;
}

function section(
  control: ControlInfo,
  cases: readonly CaseSummary[],
  rules: readonly Rule[],
  catalogue: Catalogue,
): string {
  const own = cases.filter((each) => each.control === control.id);
  const about = rules.filter((rule) => rule.controls?.includes(control.id) === true);
  const lines = own.map(
    (each) => `- ${each.verdicts.join(", ") || "nothing told"}: ${each.name} (\`${each.file}\`)`,
  );
  return `## ${control.id}

${control.title}.

${control.rationale}

Severity: ${severityOf(control, catalogue)}.${about.length > 0 ? ` Rules: ${about.map(({ id }) => id).join(", ")}.` : ""}

Cases:

${[...new Set(lines)].join("\n")}
`;
}

/** The control's own severity, and where a baseline has another. */
function severityOf(control: ControlInfo, catalogue: Catalogue): string {
  const others = catalogue.flatMap(({ platform, entries }) => {
    const own = new Set(entries.flatMap(({ severities }) => severities?.[control.id] ?? []));
    return [...own].map((severity) => `${severity} for ${platform}`);
  });
  return [control.severity, ...others].join(", ");
}

function held(rule: Rule): string {
  if (rule.hidden !== undefined) return `no account can show it: ${rule.hidden}`;
  const by = (rule.controls ?? []).map((id) => `[${id}](#${id})`).join(", ");
  return rule.judged === undefined ? by : `${by}. ${rule.judged}`;
}

const baselines = ({ platform, title, entries }: Platform): readonly string[] =>
  entries.map(
    (each) =>
      `| ${platform}/${each.entry}@${each.version} | ${cell(`${title}: ${each.title}`)} | ${cell(each.source)} | ${each.date} |`,
  );

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
