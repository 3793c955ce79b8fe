import crypto from "node:crypto";

/** 128 bits: an intruder can choose role names, so a short id could be made to collide. */
const hash = (parts: readonly string[]): string => sha256(JSON.stringify(parts)).slice(0, 32);

/** In one step where Node has that (20.12 and later): an audit takes tens of thousands of them. */
const sha256: (text: string) => string =
  typeof crypto.hash === "function"
    ? (text) => crypto.hash("sha256", text, "hex")
    : (text) => crypto.createHash("sha256").update(text).digest("hex");

/** The same finding over time, whatever its content: what a ledger keys on. */
export const findingId = (account: string, platform: string, control: string, resourceArn: string): string =>
  `rc-${hash([account, platform, control, resourceArn])}`;

/** The same content: what a suppression is tied to. `evidence` is JSON-like; key order does not matter. */
export const evidenceDigest = (evidence: unknown): string => hash([canonical(evidence)]);

/** One text for equal JSON-like values: the order of keys does not matter, that of a list does. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value instanceof Map) return canonical(Object.fromEntries(value));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join()}}`;
  }
  return JSON.stringify(value) ?? "null";
}
