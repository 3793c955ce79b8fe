/** The person asked for something that cannot be done as asked; the message says what and what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** Whether `--help` would have told. */
  readonly help: boolean;

  constructor(message: string, { help = true }: { readonly help?: boolean } = {}) {
    super(message);
    this.help = help;
  }
}
