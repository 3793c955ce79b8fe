import type { Report } from "../model/report.ts";

export interface RenderOptions {
  /** Of Rolecall itself. */
  readonly version: string;
  /** Width of the terminal, for the formats that are read there. */
  readonly columns: number;
  readonly color: boolean;
}

/** Pure: the same report and options give the same text, which ends in a line feed. */
type Render = (report: Report, options: RenderOptions) => string;

export interface Format {
  readonly name: string;
  readonly media: string;
  /** How names of its files end; undefined when it is for reading on a screen. */
  readonly ending?: string;
  /** Nothing loads but the format that was asked for. */
  readonly load: () => Promise<Render>;
}

export const formats: readonly Format[] = [
  { name: "table", media: "text/plain", load: async () => (await import("./table.ts")).renderTable },
  {
    name: "json",
    media: "application/json",
    ending: ".json",
    load: async () => (await import("./json.ts")).renderJson,
  },
  {
    name: "html",
    media: "text/html",
    ending: ".html",
    load: async () => (await import("./html.ts")).renderHtml,
  },
  {
    name: "markdown",
    media: "text/markdown",
    ending: ".md",
    load: async () => (await import("./markdown.ts")).renderMarkdown,
  },
  {
    name: "junit",
    media: "application/xml",
    ending: ".xml",
    load: async () => (await import("./junit.ts")).renderJunit,
  },
  {
    name: "sarif",
    media: "application/sarif+json",
    ending: ".sarif",
    load: async () => (await import("./sarif.ts")).renderSarif,
  },
];
