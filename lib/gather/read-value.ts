import type { Tags } from "../model/facts.ts";

/** What AWS answered, or what stands in a file: nothing about its shape is taken for granted. */
export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The own member of a record; a file's `__proto__` is a key like any other. */
export const member = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** A text that is not empty. */
export function textOf(value: unknown, key: string): string | undefined {
  const text = member(value, key);
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** Undefined when the member is not a list at all. */
export function listOf(value: unknown, key: string): readonly unknown[] | undefined {
  const list = member(value, key);
  return Array.isArray(list) ? list : undefined;
}

const asPrinted = /^\d{4}-(0\d|1[0-2])-([01]\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\+00:00|Z)$/;

/** ISO 8601 in UTC, from a Date (the SDK), a text or seconds since 1970 (the CLI, as it is set up). */
export function instantOf(value: unknown, key: string): string | undefined {
  const raw = member(value, key);
  // As the CLI prints it: nothing to be worked out.
  if (typeof raw === "string" && asPrinted.test(raw)) return `${raw.slice(0, 19)}.000Z`;
  const time =
    raw instanceof Date
      ? raw.getTime()
      : typeof raw === "number"
        ? raw * 1000
        : typeof raw === "string"
          ? Date.parse(raw)
          : Number.NaN;
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : undefined;
}

/** A list of `{Key, Value}`; entries that are not that are left out. */
export function tagsOf(value: unknown): Tags {
  const tags = new Map<string, string>();
  for (const tag of listOf(value, "Tags") ?? []) {
    const key = member(tag, "Key");
    const text = member(tag, "Value");
    if (typeof key === "string") tags.set(key, typeof text === "string" ? text : "");
  }
  return tags;
}

/** Only the members that are there, for types whose optional members may not be `undefined`. */
export function defined<T extends object>(
  members: { readonly [K in keyof T]: T[K] | undefined },
): Partial<T> {
  const there: Partial<T> = {};
  for (const key in members) if (members[key] !== undefined) there[key] = members[key];
  return there;
}
