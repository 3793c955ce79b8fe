import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import { audit } from "../../lib/audit.ts";
import { loadConfig } from "../../lib/config/load-config.ts";
import { openSnapshot } from "../../lib/local/snapshot-facts.ts";
import type { Report } from "../../lib/model/report.ts";
import { formats } from "../../lib/report/formats.ts";
import schema from "./sarif-2.1.0-as-used.schema.json" with { type: "json" };

/** Values of ExternalIds as they stand in a text, whatever its escapes. */
const externalIds = (text: string): readonly string[] => {
  const plain = decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, "%25")).replaceAll('\\"', '"');
  return [...plain.matchAll(/sts:ExternalId"\s*:\s*\[?\s*"([^"]+)"/gi)].map(([, value]) => value ?? "");
};

describe("the reports on the example account", () => {
  let report: Report;

  beforeAll(async () => {
    const compiled = loadConfig("examples/rolecall.yml");
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
    const port = openSnapshot("examples/account");
    const now = () => new Date("2026-11-02T07:15:00Z");
    report = (await audit(port, compiled.config, { source: "snapshot", regions: port.regions, now })).report;
  });

  const render = async (name: string): Promise<string> => {
    const load = formats.find((format) => format.name === name)?.load;
    if (load === undefined) throw new Error(`no format ${name}`);
    return (await load())(report, { version: "0.1.0", columns: 100, color: false });
  };

  test("no format shows the value of an ExternalId, neither the configured nor the account's", async () => {
    const secrets = new Set([
      ...externalIds(readFileSync("examples/account/get-account-authorization-details.json", "utf8")),
      ...[...readFileSync("examples/rolecall.yml", "utf8").matchAll(/externalId: ([\w-]+)/g)].map(
        ([, id]) => id ?? "",
      ),
    ]);
    expect(secrets.size).toBeGreaterThan(1);
    expect(formats.length).toBeGreaterThanOrEqual(6);
    for (const { name } of formats) {
      const text = await render(name);
      for (const secret of secrets) expect(text.includes(secret), `${name}: ${secret}`).toBe(false);
    }
  });

  test("each finding that is more than a note says how to put it back, as a command", () => {
    const findings = report.results.filter((r) => r.verdict === "failed" && r.severity !== "info");
    expect(findings.length).toBeGreaterThan(20);
    const without = findings.filter((r) => r.remediation.every(({ command }) => command === undefined));
    expect(without.map(({ control, resource }) => `${control} ${resource.arn}`)).toEqual([]);
  });

  test("each finding says which line asks for it, of the configuration or of the baseline", () => {
    const findings = report.results.filter((r) => r.verdict === "failed");
    const nowhere = findings.filter((r) => r.place === undefined).map(({ control }) => control);
    expect([...new Set(nowhere)]).toEqual(["cluster-watched"]);
    const lineOf = (control: string): string => {
      const place = findings.find((r) => r.control === control)?.place;
      return place === undefined ? "" : (readFileSync(place.file, "utf8").split("\n")[place.line - 1] ?? "");
    };
    expect(lineOf("foreign-trust")).toContain('account: "689684103426"');
    expect(lineOf("legacy-user")).toContain("name: dockercloud-user");
    expect(lineOf("trust-wildcard")).toContain("role: kommander-staging");
  });

  test("the SARIF holds to the part of the standard that it uses", async () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    validate(JSON.parse(await render("sarif")));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("the markdown fits a pull-request comment", async () => {
    expect((await render("markdown")).length).toBeLessThan(65_536);
  });
});
