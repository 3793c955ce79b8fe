import type { Budget } from "../comparison/budget.ts";
import { eitherCase, type Glob, isStar, literal, matches, overlap, star, textOf } from "./glob.ts";

/**
 * A pattern, kept as a text as long as that will do: most have no wildcard, or one `*` at their end.
 */
export class Pattern {
  /** How all that it matches begins. */
  readonly start: string;
  /** The one text that it matches, or with `open` what those begin with; undefined: it is neither. */
  readonly text: string | undefined;
  readonly open: boolean;
  #glob: Glob | undefined;

  constructor(written: string | Glob, open = false) {
    if (typeof written === "string") {
      this.start = this.text = written;
      this.open = open;
    } else {
      this.#glob = written;
      this.open = written.at(-1) === star;
      const plain = written.findIndex((token) => token < 0 || token >= eitherCase);
      const length = plain < 0 ? written.length : plain;
      this.start = textOf(written.slice(0, length));
      this.text = length === written.length - Number(this.open) ? this.start : undefined;
    }
  }

  get glob(): Glob {
    this.#glob ??= [...literal(this.text ?? ""), ...(this.open ? [star] : [])];
    return this.#glob;
  }

  /** The one text that it matches, if it has no wildcard. */
  get only(): string | undefined {
    return this.open ? undefined : this.text;
  }

  /** The same for patterns that match the same because they are the same. */
  get key(): string {
    return this.text === undefined ? this.glob.join() : `${this.open ? "*" : "="}${this.text}`;
  }

  /** A text that it matches. */
  get example(): string {
    if (this.text !== undefined) return this.open ? `${this.text}x` : this.text;
    const tokens = this.glob.filter((token) => !isStar(token));
    return textOf(tokens.map((token) => (token < 0 ? 0x78 : token % eitherCase)));
  }

  matches(text: string, budget?: Budget): boolean {
    if (this.text === undefined) return matches(this.glob, text, budget);
    return this.open ? text.startsWith(this.text) : text === this.text;
  }

  /** Is there a text that both match? */
  overlaps(other: Pattern, budget: Budget): boolean {
    if (this.only !== undefined) return other.matches(this.only, budget);
    if (other.only !== undefined) return this.matches(other.only, budget);
    if (this.text === undefined || other.text === undefined) return overlap(this.glob, other.glob, budget);
    return this.text.startsWith(other.text) || other.text.startsWith(this.text);
  }
}

/** A pattern without a wildcard, or with one `*` at its end. */
export function plainPattern(text: string): Pattern {
  const open = text.endsWith("*");
  return new Pattern(open ? text.slice(0, -1) : text, open);
}
