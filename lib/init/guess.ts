/** A role that is taken for a platform's, and why. */
export interface Guess {
  readonly platform: string;
  readonly role: string;
  /** What of the platform it is, for people: `worker nodes`. */
  readonly what: string;
  /** Keys of its entry in rolecall.yml besides `role`, in order. */
  readonly keys: Readonly<Record<string, string | boolean>>;
  /** Signs that speak for it, as ends of a sentence: `its trust policy lets in account 689684103426`. */
  readonly because: readonly string[];
  /** Things that a person has to decide; each becomes a comment. */
  readonly notes: readonly string[];
}
