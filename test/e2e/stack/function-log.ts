import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { World } from "./world.ts";

/** One structured line of a function's log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly function_name: string;
  readonly trace?: readonly string[];
  readonly action?: string;
  readonly actor?: string;
  readonly scope?: string;
  readonly [field: string]: unknown;
}

/** What the functions have logged so far, oldest first. */
export async function functionLog({ aws }: World): Promise<readonly LogLine[]> {
  const lines = (await readFile(aws.log, "utf8")).split("\n");
  return lines.flatMap((line) => (line.startsWith('{"level"') ? [JSON.parse(line) as LogLine] : []));
}

/** Waits until the log holds what `enough` asks for; throws with what is missing after the time. */
export async function logged(
  world: World,
  missing: (lines: readonly LogLine[]) => readonly string[],
  seconds = 60,
): Promise<readonly LogLine[]> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const lines = await functionLog(world);
    const lacking = missing(lines);
    if (lacking.length === 0) return lines;
    if (Date.now() > until) throw new Error(`the log lacks ${lacking.join(", ")}`);
    await sleep(500);
  }
}
