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

/** ISO 8601 in UTC, from a Date (the SDK), a text or seconds since 1970 (the CLI, as it is set up). */
export function instantOf(value: unknown, key: string): string | undefined {
  const raw = member(value, key);
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
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}
