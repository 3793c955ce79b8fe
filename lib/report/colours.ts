import type { Severity } from "../model/severity.ts";

/** Paints a text that has been made harmless before. */
export type Paint = (text: string) => string;

export interface Palette {
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly unsure: Paint;
  readonly command: Paint;
}

/** The sixteen colours that every terminal's own theme sets, so that light and dark both read. */
export function palette(colours: boolean): Palette {
  const paint =
    (code: string): Paint =>
    (text) =>
      colours && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    severity: {
      critical: paint("1;31"),
      high: paint("31"),
      medium: paint("33"),
      low: paint("36"),
      info: paint("2"),
    },
    strong: paint("1"),
    faint: paint("2"),
    good: paint("32"),
    bad: paint("1;31"),
    unsure: paint("35"),
    command: paint("36"),
  };
}
