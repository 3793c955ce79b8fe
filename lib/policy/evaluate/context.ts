/** The value of one context key: undefined when the request does not have it. */
export type ContextValue = string | readonly string[] | undefined;

/** What a request tells besides who, what and on what. Names of keys ignore letter case. */
export class RequestContext {
  readonly #values = new Map<string, string | readonly string[]>();
  readonly #clashing = new Set<string>();

  constructor(context: Readonly<Record<string, string | readonly string[]>>) {
    for (const [key, value] of Object.entries(context)) {
      const name = key.toLowerCase();
      const before = this.#values.get(name);
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) this.#clashing.add(name);
      this.#values.set(name, value);
    }
  }

  get(key: string): ContextValue {
    return this.#values.get(key.toLowerCase());
  }

  /** Whether two keys of the request differ only in case, with different values (tags can): which counts is not documented. */
  clashes(key: string): boolean {
    return this.#clashing.has(key.toLowerCase());
  }
}
