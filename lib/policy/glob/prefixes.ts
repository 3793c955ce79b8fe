import type { Budget } from "../comparison/budget.ts";
import type { Atom, OwnedPattern } from "./atoms.ts";
import { freeCharacter } from "./glob.ts";

/** The patterns of one text: `ec2:Run` as it stands, and `ec2:Run*`. */
interface Entry {
  readonly exact: number[];
  readonly open: number[];
  /** Characters with which other texts go on after this one. */
  readonly next: Set<number>;
}

/**
 * Atoms of patterns that are texts, or texts with one `*` at their end; false when some are not. Of two such
 * patterns one lies within the other or they are apart: so the longest that matches says all, and no
 * automaton is needed. Most policies have no other patterns of actions.
 */
export function eachPrefixAtom(
  patterns: readonly OwnedPattern[],
  wanted: ReadonlySet<number>,
  budget: Budget,
  found: (atom: Atom) => boolean,
): boolean {
  const entries = new Map<string, Entry>();
  for (const { pattern, owner } of patterns) {
    const { text, open } = pattern;
    if (text === undefined) return false;
    let entry = entries.get(text);
    if (entry === undefined) {
      entry = { exact: [], open: [], next: new Set() };
      entries.set(text, entry);
    }
    (open ? entry.open : entry.exact).push(owner);
  }
  const lengths = [...new Set([...entries.keys()].map((text) => text.length))].sort((a, b) => a - b);
  const around = (text: string): Set<number> => {
    const owners = new Set<number>();
    for (const length of lengths) {
      if (length > text.length) break;
      const entry = entries.get(text.slice(0, length));
      if (entry === undefined) continue;
      for (const owner of entry.open) owners.add(owner);
      if (length < text.length) entry.next.add(text.charCodeAt(length));
    }
    budget.spend(lengths.length);
    return owners;
  };
  const owners = new Map([...entries.keys()].map((text) => [text, around(text)]));
  const emit = (among: Iterable<number>, example: string): boolean => {
    const sorted = [...among].sort((a, b) => a - b);
    return sorted.some((owner) => wanted.has(owner)) && found({ owners: sorted, example });
  };
  for (const [text, { exact, open, next }] of entries) {
    const within = owners.get(text) ?? new Set();
    if (exact.length > 0 && emit(new Set([...within, ...exact]), text)) return true;
    if (open.length > 0 && emit(within, text + String.fromCharCode(freeCharacter(next)))) return true;
  }
  return true;
}
