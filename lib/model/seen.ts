/**
 * What came back from asking for one thing. "Could not see" is a value of its own: it is neither
 * absent nor compliant.
 */
export type Seen<T> = Found<T> | { readonly at: "absent" } | Denied;

export interface Found<T> {
  readonly at: "found";
  readonly value: T;
}

/** A read that gave no answer. `action` is the IAM action (or the file of a snapshot) that would have. */
export interface Denied {
  readonly at: "denied";
  readonly action: string;
  readonly reason: string;
}

/**
 * What came back from asking for all of a kind. `gap` says that the list is not whole (a denied,
 * truncated or filtered read): an item that is not on it may still exist.
 */
export interface Roster<T> {
  readonly items: readonly T[];
  readonly gap?: Denied;
}

export const found = <T>(value: T): Found<T> => ({ at: "found", value });
export const absent: Seen<never> = { at: "absent" };
export const denied = (action: string, reason: string): Denied => ({ at: "denied", action, reason });

/** The one item that `matches`: denied rather than absent when the roster has a gap. */
export function lookUp<T>(roster: Roster<T>, matches: (item: T) => boolean): Seen<T> {
  const item = roster.items.find(matches);
  if (item !== undefined) return found(item);
  return roster.gap ?? absent;
}
