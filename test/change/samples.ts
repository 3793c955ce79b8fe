import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = new URL("../../events/", import.meta.url).pathname;

export interface Sample {
  /** `iam/CreateRole`. */
  readonly name: string;
  readonly event: Record<string, unknown> & { detail: Record<string, unknown> };
}

/** Every sample of `events/`. */
export const samples: readonly Sample[] = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".json"))
  .sort()
  .map((path) => ({
    name: path.replace(/\.json$/u, ""),
    event: JSON.parse(readFileSync(join(folder, path), "utf8")),
  }));

export function sample(name: string): Sample["event"] {
  const found = samples.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no sample ${name}`);
  return structuredClone(found.event);
}
