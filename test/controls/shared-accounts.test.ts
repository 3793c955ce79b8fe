import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { compileConfig } from "../../lib/config/compile-config.ts";
import { judge } from "../../lib/controls/judge.ts";
import { controlIds } from "../../lib/controls/registry.ts";
import { gather } from "../../lib/gather/gather.ts";
import { openSnapshot } from "../../lib/local/snapshot-facts.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import type { Result } from "../../lib/model/result.ts";
import { severityRank } from "../../lib/model/severity.ts";

/** Made accounts that stand outside the repository: looked into where they are. */
const shared = process.env["ROLECALL_SHARED"] ?? new URL("../../../shared", import.meta.url).pathname;
const folder = join(shared, "accounts");
const there = existsSync(join(folder, "expect.json"));

interface Expected {
  readonly platform: string;
  readonly params: Readonly<Record<string, string>>;
  readonly focus: string;
  readonly role: string | null;
  readonly expect: "pass" | "fail" | "unavailable";
  readonly direction: "excess" | "missing" | null;
}

const now = new Date("2026-06-01T12:00:00Z");

/** The configuration that an account's parameters come to. */
function configOf({ platform, params, focus, role }: Expected): ResolvedConfig {
  const name = role ?? /:role\/(?:.*\/)?([^/]+)$/.exec(focus)?.[1];
  const { cluster, ...rest } = params;
  const entry = cluster === undefined ? { role: name, ...rest } : { cluster, region: "eu-west-1" };
  const text = JSON.stringify({ version: 1, platforms: { [platform]: [entry] } });
  const compiled = compileConfig(
    { file: "rolecall.yml", bytes: Buffer.from(text) },
    { catalogue, controls: controlIds, read: () => undefined },
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return compiled.config;
}

/** What is info does not count as failed. */
const counts = ({ verdict, severity }: Result): boolean =>
  (verdict === "failed" || verdict === "undecided") && severityRank(severity) > severityRank("info");

describe.skipIf(!there)(`accounts in ${folder}`, () => {
  const all: Record<string, Expected> = there
    ? JSON.parse(readFileSync(join(folder, "expect.json"), "utf8"))
    : {};

  it("are all there", () => expect(Object.keys(all).length).toBeGreaterThanOrEqual(26));

  it.each(Object.entries(all))("%s comes out as it must", async (name, wanted) => {
    const request = { source: "snapshot" as const, regions: ["eu-west-1"], now: () => now };
    const facts = await gather(openSnapshot(join(folder, name)), request);
    const results = judge(facts, configOf(wanted), { now });
    const focused = results.filter(
      ({ resource }) => resource.arn === wanted.focus || resource.arn.endsWith(`/${wanted.focus}`),
    );
    const failed = focused.filter(counts);
    const said = failed.map((r) => `${r.control} ${r.verdict}: ${r.detail}`).join("\n");
    expect(focused.length, "nothing is said of it").toBeGreaterThan(0);
    const directions = failed.flatMap(({ differences }) => differences.map((each) => each.direction));
    const came = {
      fail: failed.some(({ verdict }) => verdict === "failed"),
      unavailable: focused.some(({ verdict }) => verdict === "unavailable"),
      undecided: failed.some(({ verdict }) => verdict === "undecided"),
      direction: wanted.direction === null || directions.includes(wanted.direction),
    };
    expect(came, said).toEqual({
      fail: wanted.expect === "fail",
      unavailable: wanted.expect === "unavailable",
      undecided: false,
      direction: true,
    });
    // Nothing else in these accounts is out of order.
    expect(results.filter(counts).filter((r) => !focused.includes(r) && r.resource.type === "role")).toEqual(
      [],
    );
  });
});
