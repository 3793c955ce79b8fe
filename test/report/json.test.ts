import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { run } from "../../lib/cli/main.ts";
import { renderJson } from "../../lib/report/json.ts";
import { fakeIo } from "../support/fake-io.ts";
import { richReport } from "./rich-report.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const schema = JSON.parse(readFileSync(`${root}lib/report/report.schema.json`, "utf8"));
const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

function faultsIn(text: string): readonly unknown[] {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

describe("the JSON report", () => {
  test("keeps its contract for results of every kind, hostile names among them", () => {
    expect(faultsIn(renderJson(richReport()))).toEqual([]);
  });

  test("keeps it for the example account, seen whole and in part", async () => {
    for (const argv of [
      ["--config", "examples/rolecall.yml"],
      ["--config", "examples/rolecall.yml", "--region", "ap-south-1"],
      ["--config", "examples/rolecall.yml", "--platform", "ecs"],
      ["--config", "examples/documented-names.yml"],
    ]) {
      const io = fakeIo({ cwd: root });
      await run(["audit", "--snapshot", "examples/account", "--format", "json", ...argv], io);
      expect(faultsIn(io.said.out)).toEqual([]);
    }
  });

  test("the schema does refuse what breaks it", () => {
    const report = JSON.parse(renderJson(richReport()));
    for (const broken of [
      { ...report, extra: 1 },
      { ...report, source: "guess" },
      { ...report, summary: { ...report.summary, passed: -1 } },
      { ...report, results: [{ ...report.results[0], verdict: "fine" }] },
      { ...report, results: [{ ...report.results[0], id: "rc-1" }] },
      { ...report, results: [{ ...report.results[0], verdict: "undecided", reason: undefined }] },
    ])
      expect(validate(JSON.parse(JSON.stringify(broken)))).toBe(false);
  });
});
