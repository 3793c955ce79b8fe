import { visible, visibleLines } from "../../model/visible.ts";

/** Markup that is safe to put into a page. A class, so that a mere string can never pass for it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | undefined | readonly Html[];

/** A template in which strings become text and only `Html` goes in as it stands. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = template[0] ?? "";
  for (const [index, part] of parts.entries()) markup += inserted(part) + (template[index + 1] ?? "");
  return new Html(markup);
}

function inserted(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "string" || typeof part === "number") return escaped(visible(String(part)));
  return part.map((item) => item.markup).join("");
}

/** Text that keeps its line feeds. */
export const lines = (value: string): Html => new Html(escaped(visibleLines(value)));

/** A sentence in which backticks mark code. */
export const prose = (value: string): Html =>
  html`${value
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part.slice(1, -1)}</code>`))}`;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Also good within an attribute in quotes. */
const escaped = (value: string): string =>
  value.replace(/[&<>"']/g, (character) => entities[character] ?? "");
