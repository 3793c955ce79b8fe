import type { Report } from "../model/report.ts";
import type { RenderOptions } from "./formats.ts";
import { page } from "./html/page.ts";

/** The report as one HTML file: for a browser, a phone, a printer and a screen reader. */
export const renderHtml = (report: Report, options: Pick<RenderOptions, "version">): string =>
  page(report, options.version).markup;
