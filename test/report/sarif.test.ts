import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { renderSarif } from "../../lib/report/sarif.ts";
import { reportOf, richReport } from "./rich-report.ts";
import schema from "./sarif-2.1.0-as-used.schema.json" with { type: "json" };

const sarif = (report = richReport()) => JSON.parse(renderSarif(report, { version: "0.1.0" }));

describe("the report as SARIF", () => {
  test("reads as it always did", async () => {
    await expect(renderSarif(richReport(), { version: "0.1.0" })).toMatchFileSnapshot(
      "../golden/report.sarif",
    );
  });

  test("holds to the part of SARIF 2.1.0 that it uses", () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    for (const report of [richReport(), reportOf([])]) {
      validate(sarif(report));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  test("points at the line that asks for it, or else at the configuration", () => {
    const at = sarif().runs[0].results.map(
      (r: { locations: { physicalLocation: unknown }[] }) => r.locations[0]?.physicalLocation,
    );
    expect(at).toContainEqual({
      artifactLocation: { uri: "config/rolecall.yml" },
      region: { startLine: 12, startColumn: 5 },
    });
    expect(at).toContainEqual({
      artifactLocation: { uri: "rolecall.yml" },
      region: { startLine: 1, startColumn: 1 },
    });
  });

  test("paths that are no URIs become some", () => {
    const [sample] = richReport().results.filter((r) => r.place !== undefined);
    if (sample === undefined) throw new Error("no sample");
    const uriOf = (file: string) =>
      sarif(reportOf([{ ...sample, place: { file, line: 3, column: 1 } }])).runs[0].results[0].locations[0]
        .physicalLocation.artifactLocation.uri;
    expect(uriOf("./a b/ü.yml")).toBe("a%20b/%C3%BC.yml");
    expect(uriOf("/etc/rolecall.yml")).toBe("file:///etc/rolecall.yml");
    expect(uriOf("C:\\repo\\rolecall.yml")).toBe("file:///C:/repo/rolecall.yml");
    expect(uriOf("../up/x%41.yml")).toBe("../up/x%2541.yml");
  });

  test("what anybody calls a role makes no link in a message, and no line", () => {
    const run = sarif().runs[0];
    const messages: string[] = [...run.results, ...run.invocations[0].toolExecutionNotifications].map(
      (each: { message: { text: string } }) => each.message.text,
    );
    expect(messages.filter((text) => text.includes("link"))).not.toEqual([]);
    for (const text of messages) expect(text).not.toMatch(/(?<!\\)[[\]]|^## heading/m);
  });

  test("every rule is told of once and every result knows its rule", () => {
    const run = sarif().runs[0];
    const ids = run.tool.driver.rules.map((r: { id: string }) => r.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const result of run.results) expect(ids[result.ruleIndex]).toBe(result.ruleId);
  });

  test("a suppressed finding stays and is marked, an unseen one is a notification", () => {
    const run = sarif().runs[0];
    const suppressed = run.results.filter((r: { suppressions?: unknown }) => r.suppressions !== undefined);
    expect(suppressed.length).toBe(1);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain("iam:GetRole was denied");
  });
});
