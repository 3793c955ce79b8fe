import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { survey } from "../../lib/change/survey.ts";
import { samples } from "./samples.ts";

const shared = process.env["ROLECALL_SHARED"] ?? new URL("../../../shared", import.meta.url).pathname;
const logs = join(shared, "cloudtrail");

describe("a survey of events", () => {
  test("accounts for each of them once", () => {
    const seen = survey([...samples.map((one) => one.event), null, "x"]);
    expect(seen.watched + seen.ignored + seen.malformed).toBe(seen.total);
    expect(seen.lines.reduce((sum, line) => sum + line.count, 0)).toBe(seen.total);
    expect(seen).toMatchObject({ malformed: 2, total: samples.length + 2 });
    expect(seen.lines.filter((line) => line.outcome.startsWith("watched, widened")).length).toBeGreaterThan(
      0,
    );
  });

  // A lab account's logs; where they are not at hand this shows as skipped.
  test.skipIf(!existsSync(logs))("every record of a real account's log files is read", () => {
    const records = readdirSync(logs)
      .filter((name) => name.endsWith(".json"))
      .flatMap((name) => JSON.parse(readFileSync(join(logs, name), "utf8")).Records as unknown[]);
    const seen = survey(records);
    expect(seen.total).toBe(768);
    expect(seen.malformed).toBe(0);
    expect(seen.lines.filter((line) => line.outcome.includes("widened"))).toEqual([]);
    expect(seen.watched).toBeGreaterThan(30);
    console.log(`${seen.total} records: ${seen.watched} watched, ${seen.ignored} ignored`);
  });
});
